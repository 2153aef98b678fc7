import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT, inRoot } from '../setup/root.mjs';
import { stream } from './stream.mjs';

/** Suites that mostly wait for processes run beside those that compute. */
const LANES = [['--project=e2e'], ['--project=!e2e']];

/** All vitest projects, or the files that are named. */
export async function runVitest(filters) {
  const lanes = filters.length > 0 ? [filters] : LANES;
  const counts = await Promise.all(lanes.map(runLane));
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

async function runLane(args) {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-vitest-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const code = await stream(process.execPath, [
      inRoot('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...reporters,
      ...args,
    ]);
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    return count(JSON.parse(readFileSync(report, 'utf8')), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A skipped test is named, for nothing is left out silently. */
function count(report, code) {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: relative(ROOT, file.name) })),
  );
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length;
  const skipped = tests.filter((test) => !['passed', 'failed'].includes(test.status));
  if (skipped.length > 0) console.log(`${skipped.length} skipped:`);
  for (const test of skipped) console.log(`  - ${test.file}: ${test.fullName}`);
  // a file that can't be loaded and an error outside of tests fail the run without failing a test
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const unexplained = code !== 0 && failed + broken === 0 ? 1 : 0;
  return { passed, failed: failed + broken + unexplained };
}
