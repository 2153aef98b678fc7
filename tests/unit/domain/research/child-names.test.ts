import { expect, test } from 'vitest';
import { childLoop, childrenInWords } from '../../../../src/domain/research/child-names.js';
import type { Parent } from '../../../../src/contract/research.js';

const child = (role: Parent['role'], experiment: number, task: string): string =>
  childLoop({ loop: 'outer/nov21', experiment, role, index: 1 }, task, 0);

test('the child loops of one experiment are told by whose they are, the others are left out', () => {
  const running = [
    child('incumbent', 3, 'sine'),
    child('incumbent', 3, 'tiny-gpt'),
    child('candidate', 4, 'sine'),
  ];
  expect(childrenInWords(3, running)).toBe('incumbent, measurement 2: sine.0, tiny-gpt.0');
  expect(childrenInWords(4, running)).toBe('candidate, measurement 2: sine.0');
});

test('a child loop that took the place of another is told by its own name', () => {
  expect(childrenInWords(3, [`${child('candidate', 3, 'sine')}.again-2`])).toBe(
    'candidate, measurement 2: sine.0.again-2',
  );
});

test('nothing is said where no child loop runs', () => {
  expect(childrenInWords(3, [])).toBe('');
});
