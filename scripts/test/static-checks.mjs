import { execute } from '../setup/execute.mjs';
import { inRoot } from '../setup/root.mjs';

const bin = (name) => inRoot('node_modules', '.bin', name);
const ruff = inRoot('.venv', 'bin', 'ruff');

const CHECKS = [
  ['formatting (prettier)', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['lint (oxlint)', bin('oxlint'), ['--type-aware', '--deny-warnings', 'src', 'tests', 'scripts', 'bin']],
  ['rooms (dependency-cruiser)', bin('depcruise'), ['src', '--config', '.dependency-cruiser.cjs']],
  ['types (tsc)', bin('tsc'), ['--noEmit']],
  ['dead code (knip)', bin('knip'), ['--no-progress']],
  ['Python lint (ruff)', ruff, ['check', 'python-gpu-activity']],
  ['Python formatting (ruff)', ruff, ['format', '--check', 'python-gpu-activity']],
];

/** Each check counts as one test. */
export async function checkStatically() {
  const result = { passed: 0, failed: 0 };
  for (const [title, command, args] of CHECKS) {
    const began = Date.now();
    const problem = await execute(command, args).then(
      () => null,
      (error) => error.message,
    );
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(`${problem === null ? '✓' : '✗'} ${title}, ${seconds} s`);
    if (problem !== null) console.log(problem.replace(/^/gm, '    '));
    result[problem === null ? 'passed' : 'failed'] += 1;
  }
  return result;
}
