import { expect, test } from 'vitest';
import { passedOver } from '../../../../src/domain/method/passed-over.js';
import { parseMethod } from '../../../../src/storage/method/index.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';

const method = (process: string) => parseMethod({ 'process/process.yaml': process }, 'm');

test('an option is judged by the rule of the method, else by that of the task', () => {
  const own = method('acceptance: { rule: strict, k: 3, n: 4 }');
  expect(passedOver(own, null)).toEqual([
    'process/process.yaml: acceptance.k: the rule strict does not read "k"; floor does',
    'process/process.yaml: acceptance.n: the rule strict does not read "n"; confirm and paired-t do',
  ]);
  const open = method('acceptance: { k: 3 }');
  expect(passedOver(open, null)).toEqual([]);
  expect(passedOver(open, acceptanceOf({ rule: 'floor' }))).toEqual([]);
  expect(passedOver(open, acceptanceOf({ rule: 'sprt' }))).toHaveLength(1);
});

test('what only the task can say is not held against a method without one', () => {
  const bound = method('acceptance: { rule: sprt, bound: 3 }');
  expect(passedOver(bound, null)).toEqual([]);
  expect(passedOver(bound, acceptanceOf({ rule: 'sprt', evidence: 'z' }))).toHaveLength(1);
  expect(passedOver(method('batch: 2'), null)).toEqual([]);
});
