import { expect, test } from 'vitest';
import { experimentNumber } from '../../../src/cli/experiment-argument.js';
import { matchLoop } from '../../../src/cli/find-loop.js';

const known = ['sine/nov21', 'sine/nov22', 'sorting/nov22'];

test('a loop is found by its id, or by a task or tag that it alone has', () => {
  expect(matchLoop('sine/nov22', known)).toBe('sine/nov22');
  expect(matchLoop('sorting', known)).toBe('sorting/nov22');
  expect(matchLoop('nov21', known)).toBe('sine/nov21');
});

test('a name that fits several loops or none is answered with what there is', () => {
  expect(() => matchLoop('sine', known)).toThrow('more than one loop: sine/nov21, sine/nov22');
  expect(() => matchLoop('sien/nov21', known)).toThrow('did you mean "sine/nov21"?');
});

test('an experiment is named by its number, with or without #', () => {
  expect(experimentNumber('7')).toBe(7);
  expect(experimentNumber('#12')).toBe(12);
  expect(() => experimentNumber('best')).toThrow('"best" is not the number of an experiment');
});
