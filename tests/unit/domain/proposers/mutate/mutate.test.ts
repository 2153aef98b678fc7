import { expect, test } from 'vitest';
import { mutate } from '../../../../../src/domain/proposers/mutate/mutate.js';
import { scan } from '../../../../../src/domain/proposers/mutate/scan.js';
import { random } from '../../../../../src/domain/random.js';

const draw = (path: string, text: string, seed: number, edits = 1) =>
  mutate({ files: new Map([[path, text]]), literals: scan(path, text), edits }, random(seed));

test('the idea names the literal, both values and the file', () => {
  expect(draw('train.py', 'WEIGHT_DECAY = 0.2\n', 3)?.idea).toMatch(
    /^WEIGHT_DECAY 0\.2 → -?[\d.]+ in train\.py$/,
  );
  const two = draw('train.py', 'A = True\nB = False\n', 2, 8);
  expect(two?.idea).toBe('A True → False, B False → True in train.py');
  expect(two?.edits).toEqual([{ kind: 'write', path: 'train.py', content: 'A = False\nB = True\n' }]);
});

test('a choice moves among its choices only, and every other choice is reached', () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const edit = draw('a.py', 'opt = "adam"  # choices: adam | sgd | lion\n', seed)?.edits[0];
    if (edit?.kind === 'write') seen.add(edit.content.split('  ')[0] ?? '');
  }
  expect([...seen].sort()).toEqual(['opt = "lion"', 'opt = "sgd"']);
});

test('files without literals give no proposal', () => {
  expect(draw('a.py', 'import os\n', 1)).toBeNull();
});

test('literals of all files are drawn', () => {
  const files = new Map([
    ['a.py', 'x = 3\n'],
    ['b.yaml', 'y: 4\n'],
  ]);
  const literals = [...files].flatMap(([path, text]) => scan(path, text));
  const paths = new Set<string>();
  for (let seed = 0; seed < 20; seed++)
    paths.add(mutate({ files, literals, edits: 1 }, random(seed))?.edits[0]?.path ?? '');
  expect([...paths].sort()).toEqual(['a.py', 'b.yaml']);
});
