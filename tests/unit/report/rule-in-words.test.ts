import { expect, test } from 'vitest';
import { ruleInWords } from '../../../src/report/rule-in-words.js';
import { taskWith } from '../../support/loop-input.js';

const { acceptance } = taskWith({ acceptance: { rule: 'confirm', n: 3 } });

test('re-runs are told where there is noise, or where it is not known', () => {
  expect(ruleInWords(acceptance, { sigma: 0.1, n: 3 })).toContain('each run 3 times more');
  expect(ruleInWords(acceptance, null)).toContain('each run 3 times more');
});

test('a metric without noise is told to be decided by one run, as it is', () => {
  const said = ruleInWords(acceptance, { sigma: 0, n: 3 });
  expect(said).toContain('the same score in each of its 3 runs');
  expect(said).not.toContain('times more');
});
