import { expect, test } from 'vitest';
import { anotherRepeat } from '../../../../src/domain/loop/another-repeat.js';

test('three runs of one value show that there is no noise; one that differs asks for all', () => {
  expect(anotherRepeat([4, 4], 10)).toBe(true);
  expect(anotherRepeat([4, 4, 4], 10)).toBe(false);
  expect(anotherRepeat([4, 4, 5], 10)).toBe(true);
  expect(anotherRepeat([4, 5, 4, 4, 4, 4, 4, 4, 4, 4], 10)).toBe(false);
});

test('a rule that wants few runs gets no more, and failures are no agreement', () => {
  expect(anotherRepeat([4], 1)).toBe(false);
  expect(anotherRepeat([null, null, null], 10)).toBe(true);
});
