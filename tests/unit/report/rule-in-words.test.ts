import { expect, test } from 'vitest';
import { openingLines } from '../../../src/cli/opening-line.js';
import { ruleInWords } from '../../../src/report/rule-in-words.js';
import { taskWith } from '../../support/loop-input.js';

const words = (acceptance: NonNullable<Parameters<typeof taskWith>[0]>['acceptance']) =>
  ruleInWords(taskWith({ acceptance }).acceptance, null);

test('a rule with a guarantee says its rate of false keeps, one without says so', () => {
  expect(words({ rule: 'sprt' })).toBe(
    'Sequential test on shared seeds, up to 40 pairs. Of candidates that are no better, at most 5 % are kept. The smallest gain counts.',
  );
  expect(words({ rule: 'screen+sprt', nmax: 12, alpha: 0.01, minEffect: '2%' })).toBe(
    "One promising run, then a sequential test on up to 12 fresh pairs. Of candidates that are no better, at most 1 % are kept. A gain below 2 % of the incumbent's score does not count.",
  );
  expect(words({ rule: 'paired-t', n: 5, alpha: 0.1 })).toContain(
    '5 shared seeds. Of candidates that are no better, at most 10 %',
  );
  expect(words({ rule: 'intensify' })).toContain('No rate of false keeps is promised.');
});

test.each([
  [{ rule: 'sprt' }, 'sprt (up to 40 pairs, 5 % false keeps)'],
  [{ rule: 'screen+sprt', nmax: 12 }, 'screen+sprt (up to 12 pairs, 5 % false keeps)'],
  [{ rule: 'paired-t', n: 5 }, 'paired-t (5 pairs, 5 % false keeps)'],
  [{ rule: 'intensify' }, 'intensify (up to 40 pairs)'],
] as const)('the opening lines name %o', (acceptance, text) => {
  expect(openingLines({ loop: 'toy/a', task: taskWith({ acceptance }) }, null)).toContain(`keeps    ${text}`);
});

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

test('branch + promote says how often a promotion is false, and that no branch is tested without noise', () => {
  expect(words({ rule: 'branch+promote' })).toContain('at most 5 % are promoted');
  expect(words({ rule: 'branch+promote', share: true })).toContain('expected to be false (e-LOND)');
  const still = ruleInWords(taskWith({ acceptance: {} }).acceptance, { sigma: 0, n: 3 });
  expect(still).toContain('no branch is tested');
  expect(still).not.toContain('%');
});

test('a rate that nobody measured, and one that is accepted whatever it is, are said to be so', () => {
  const once = { sigma: 0, n: 1 };
  const strict = taskWith({ acceptance: { rule: 'strict' } }).acceptance;
  expect(ruleInWords(strict, once)).toContain('Its rate of false keeps was not measured');
  expect(ruleInWords(strict, { sigma: 0.1, n: 3 })).not.toContain('not measured');
  const any = ruleInWords({ ...strict, falseKeeps: 1 }, { sigma: 0.1, n: 3 });
  expect(any).toContain('Any rate of false keeps is accepted (falseKeeps: 1).');
  expect(ruleInWords({ ...strict, falseKeeps: 1 }, { sigma: 0, n: 3 })).not.toContain('accepted');
});
