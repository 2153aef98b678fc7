import { execute } from '../setup/execute.mjs';
import { inRoot } from '../setup/root.mjs';
import { nothing } from './result.mjs';

const bin = (name) => inRoot('node_modules', '.bin', name);
const ruff = inRoot('.venv', 'bin', 'ruff');

const CHECKS = [
  { title: 'formatting (prettier)', command: bin('prettier'), args: ['--check', '--log-level', 'warn', '.'] },
  {
    title: 'lint (oxlint)',
    command: bin('oxlint'),
    args: ['--type-aware', '--deny-warnings', 'src', 'tests', 'scripts', 'bin', 'mechanisms'],
  },
  {
    title: 'rooms (dependency-cruiser)',
    command: bin('depcruise'),
    args: ['src', '--config', '.dependency-cruiser.cjs'],
  },
  { title: 'types (tsc)', command: bin('tsc'), args: ['--noEmit'] },
  { title: 'types of mechanisms (tsc)', command: bin('tsc'), args: ['-p', 'mechanisms'] },
  { title: 'dead code (knip)', command: bin('knip'), args: ['--no-progress'] },
  { title: 'Python lint (ruff)', command: ruff, args: ['check', 'python-gpu-activity'] },
  { title: 'Python formatting (ruff)', command: ruff, args: ['format', '--check', 'python-gpu-activity'] },
];

/** Each check counts as one test. */
export async function checkStatically() {
  const result = nothing();
  for (const { title, command, args } of CHECKS) {
    const began = Date.now();
    const problem = await execute(command, args).then(
      () => null,
      (error) => error.message,
    );
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(`${problem === null ? '✓' : '✗'} ${title}, ${seconds} s`);
    if (problem !== null) console.log(problem.replace(/^/gm, '    '));
    result[problem === null ? 'passed' : 'failed'] += 1;
    if (problem !== null) result.failures.push({ title, why: problem });
  }
  return result;
}
