import { expect, test } from 'vitest';
import { executedFile, mainCommand } from '../../../../src/cli/task/shell-words.js';

test.each([
  ['python3 train.py', ['python3', 'train.py']],
  ['OMP_NUM_THREADS=1 exec python3 "my file.py"', ['python3', 'my file.py']],
  ['cd src && ./run.sh --fast', ['./run.sh', '--fast']],
  ['for i in 1 2; do x; done', []],
  ['$PYTHON train.py', []],
  ['', []],
])('the command that counts in %j is %j', (command, words) => {
  expect(mainCommand(command)).toEqual(words);
});

const files = ['evaluate.py', 'train.py', 'run.sh'];
const executed = (command: string): string | null => executedFile(command, (file) => files.includes(file));

test('the executed file is the script, not its arguments', () => {
  expect(executed('python3 -u evaluate.py train.py')).toBe('evaluate.py');
  expect(executed('uv run --no-sync train.py')).toBe('train.py');
  expect(executed('./run.sh')).toBe('run.sh');
  expect(executed('python3 -m py_compile train.py')).toBeNull();
  expect(executed('ruff check train.py')).toBeNull();
});
