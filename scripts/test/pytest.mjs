import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../setup/root.mjs';
import { capture } from './stream.mjs';

/** The device worker's suite, counted from its JUnit report; skips are printed with their reason. */
export async function runPytest() {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-pytest-'));
  const report = join(folder, 'report.xml');
  try {
    const flags = ['-q', '-rs', `--junitxml=${report}`, `--basetemp=${join(folder, 'files')}`];
    const { code, output } = await capture(
      inRoot('.venv', 'bin', 'python'),
      ['-m', 'pytest', ...flags, 'python-gpu-activity/tests'],
      { PYTHONDONTWRITEBYTECODE: '1' },
    );
    console.log(output.trimEnd());
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    return count(readFileSync(report, 'utf8'), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function count(xml, code) {
  const suite = /<testsuite [^>]*>/.exec(xml)?.[0] ?? '';
  const read = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = read('failures') + read('errors');
  const passed = read('tests') - failed - read('skipped');
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}
