import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT, inRoot } from '../setup/root.mjs';
import { stream } from './stream.mjs';

/** Suites that mostly wait for processes run beside those that compute. */
const LANES = [['--project=e2e'], ['--project=!e2e']];

/** So many files may be run again alone; where more fail, it is no matter of what ran beside them. */
const MOST_AGAIN = 5;

/** All vitest projects, or the files that are named. */
export async function runVitest(filters) {
  const lanes = await Promise.all((filters.length > 0 ? [filters] : LANES).map(runLane));
  const first = lanes.flatMap(({ tests }) => tests);
  const failing = [...new Set(first.filter(isFailure).map(({ file }) => file))];
  const alone = failing.length > 0 && failing.length <= MOST_AGAIN;
  const second = alone ? await runAlone(failing) : { tests: [], unexplained: [] };
  const last = alone ? [...first.filter(({ file }) => !failing.includes(file)), ...second.tests] : first;
  const unexplained = [...lanes, second].flatMap((lane) => lane.unexplained);
  const failures = [...last.filter(isFailure), ...unexplained];
  const failed = new Set(failures.map(({ title }) => title));
  return {
    passed: last.filter(({ status }) => status === 'passed').length,
    failed: failures.length,
    failures,
    again: first.filter((test) => isFailure(test) && !failed.has(test.title)).map(({ title }) => title),
  };
}

const isFailure = ({ status }) => status === 'failed';

async function runAlone(files) {
  console.log(`once more, with nothing beside them: ${files.join(', ')}`);
  return runLane(files);
}

async function runLane(args) {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-vitest-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
  try {
    const code = await stream(process.execPath, [vitest, 'run', ...reporters, ...args]);
    const unexplained = {
      title: `vitest ${args.join(' ')}`,
      why: `it ended with ${code}: see its output above`,
    };
    if (!existsSync(report)) return { tests: [], unexplained: [unexplained] };
    const tests = readTests(JSON.parse(readFileSync(report, 'utf8')));
    sayWhatIsSkipped(tests);
    // an error outside of tests fails the run without failing a test
    return { tests, unexplained: code === 0 || tests.some(isFailure) ? [] : [unexplained] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each test as `{ file, title, status, why }`; a file that can't be loaded counts as one that failed. */
function readTests({ testResults }) {
  return testResults.flatMap((result) => {
    const file = relative(ROOT, result.name);
    const tests = result.assertionResults.map(({ fullName, status, failureMessages }) => ({
      file,
      title: `${file}: ${fullName}`,
      status,
      why: (failureMessages ?? []).join('\n'),
    }));
    if (result.status !== 'failed' || tests.some(isFailure)) return tests;
    return [...tests, { file, title: file, status: 'failed', why: result.message ?? '' }];
  });
}

/** A skipped test is named, for nothing is left out silently. */
function sayWhatIsSkipped(tests) {
  const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status));
  if (skipped.length > 0) console.log(`${skipped.length} skipped:`);
  for (const { title } of skipped) console.log(`  - ${title}`);
}
