import { expect, test } from 'vitest';
import { joinRepeated } from '../../../src/cli/repeated-flags.js';

test('a flag that stands there twice is one list, however it was written', () => {
  expect(joinRepeated(['outer', '--method', 'B=x', '--n', '3', '--method=C=y'], ['method'])).toEqual([
    'outer',
    '--n',
    '3',
    '--method=B=x,C=y',
  ]);
});

test('once, or under another name, it is left as it was', () => {
  const once = ['--method', 'B=x', '--methods', '--n', '3', '--n', '4'];
  expect(joinRepeated(once, ['method'])).toEqual(once);
});

test('what follows -- belongs to somebody else', () => {
  const words = ['--method', 'B=x', '--', '--method', 'C=y'];
  expect(joinRepeated(words, ['method'])).toEqual(words);
});
