import { expect, test } from 'vitest';
import { allWords, executedFile, mainCommand } from '../../../src/domain/shell-words.js';

test.each([
  ['python3 train.py', ['python3', 'train.py']],
  ['OMP_NUM_THREADS=1 exec python3 "my file.py"', ['python3', 'my file.py']],
  ['cd src && ./run.sh --fast', ['./run.sh', '--fast']],
  ['for i in 1 2; do x; done', []],
  ['$PYTHON train.py', []],
  ['', []],
  [`bash -c "python3 train.py"`, ['python3', 'train.py']],
  [`sh -c 'A="b c" exec python3 evaluate.py'`, ['python3', 'evaluate.py']],
  [`/bin/bash -euo pipefail -c 'python3 train.py'`, ['python3', 'train.py']],
  ['bash -lc "bash -c \\"python3 train.py\\""', ['python3', 'train.py']],
  ['bash run.sh -c 3', ['bash', 'run.sh', '-c', '3']],
  ['A="b c" env X=1 nice time python3 train.py', ['python3', 'train.py']],
  ['set -e\n# build\npython3 train.py', []],
  ['set -e\nexport A=1\npython3 train.py \\\n  --fast', ['python3', 'train.py', '--fast']],
  ['nice -n 10 python3 train.py', []],
  ['! python3 train.py', []],
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
  expect(executed(`sh -c 'python3 evaluate.py train.py'`)).toBe('evaluate.py');
});

test('words handed to a shell may name files too', () => {
  expect(allWords(`cd a && bash -c 'pytest ./tests -q'`)).toEqual(expect.arrayContaining(['tests']));
});
