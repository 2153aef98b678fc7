import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../setup/root.mjs';
import { capture } from './stream.mjs';

/** So many tests may be run again alone; where more fail, it is no matter of what ran beside them. */
const MOST_AGAIN = 5;

/** The device worker's suite, counted from its JUnit report; skips are printed with their reason. */
export async function runPytest() {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-pytest-'));
  try {
    const first = await pytest(folder, 'first', []);
    if (first.failures.length === 0 || first.failures.length > MOST_AGAIN) return first;
    const second = await pytest(folder, 'second', ['--last-failed', '--last-failed-no-failures=none']);
    const failed = new Set(second.failures.map(({ title }) => title));
    return {
      passed: first.passed + second.passed,
      failed: second.failed,
      failures: second.failures,
      again: first.failures.map(({ title }) => title).filter((title) => !failed.has(title)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pytest(folder, run, flags) {
  const report = join(folder, `${run}.xml`);
  const places = [
    `--junitxml=${report}`,
    `--basetemp=${join(folder, run)}`,
    '-o',
    `cache_dir=${join(folder, 'cache')}`,
  ];
  const { code, output } = await capture(
    inRoot('.venv', 'bin', 'python'),
    ['-m', 'pytest', '-q', '-rs', ...places, ...flags, 'python-gpu-activity/tests'],
    { PYTHONDONTWRITEBYTECODE: '1' },
  );
  console.log(output.trimEnd());
  const unexplained = { title: 'pytest', why: `it ended with ${code}: see its output above` };
  if (!existsSync(report)) return { passed: 0, failed: 1, failures: [unexplained] };
  const { tests, failures } = readReport(readFileSync(report, 'utf8'));
  if (failures.length === 0 && code !== 0) failures.push(unexplained);
  return { passed: tests, failed: failures.length, failures };
}

/** How many tests passed, and each that did not, from JUnit's XML. */
function readReport(xml) {
  const suite = /<testsuite [^>]*>/.exec(xml)?.[0] ?? '';
  const read = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const cases = xml.matchAll(
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*>\s*<(failure|error)([^>]*)>/g,
  );
  const failures = [...cases].map(([, module, name, , attributes]) => ({
    title: unescape(`${module}: ${name}`),
    why: unescape(/message="([^"]*)"/.exec(attributes)?.[1] ?? ''),
  }));
  return { tests: read('tests') - read('failures') - read('errors') - read('skipped'), failures };
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#10;': '\n', '&amp;': '&' };
const unescape = (text) => text.replace(/&(lt|gt|quot|apos|#10|amp);/g, (entity) => ENTITIES[entity]);
