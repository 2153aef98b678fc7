import { expect, test } from 'vitest';
import { editableMatcher } from '../../../../src/storage/git/editable-matcher.js';

test.each([
  ['train.py', 'train.py', true],
  ['train.py', 'sub/train.py', false],
  ['*.py', 'train.py', true],
  ['*.py', '.hidden.py', true],
  ['*.py', 'sub/train.py', false],
  ['**/*.py', 'train.py', true],
  ['**/*.py', 'a/b/train.py', true],
  ['src/**', 'src/a/.b', true],
  ['src/**', 'src', false],
  ['src', 'src/a', false],
  ['{a,b}.py', 'b.py', true],
  ['[ab].py', 'c.py', false],
  ['?.py', 'x.py', true],
  ['Train.py', 'train.py', false],
  ['!train.py', 'other.py', false],
  ['!(train).py', 'other.py', false],
])('the glob %s and the path %s: %s', (glob, path, matches) => {
  expect(editableMatcher([glob])(path)).toBe(matches);
});

test('one matching glob is enough', () => {
  const isEditable = editableMatcher(['a.py', 'lib/*.py']);
  expect([isEditable('lib/x.py'), isEditable('b.py')]).toEqual([true, false]);
});
