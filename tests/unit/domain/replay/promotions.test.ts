import { expect, test } from 'vitest';
import { replayPromotions } from '../../../../src/domain/replay/promotions.js';
import {
  acceptanceOf,
  recordedExperiment as experiment,
  recordedLoop as loop,
} from '../../../support/recorded-loop.js';

const options = acceptanceOf({ rule: 'sprt', nmax: 10 });
const baseline = [10, 10.1, 9.9, 10.05, 9.95, 10, 10.1, 9.9, 10.05, 9.95];

test('scouting is replayed from single runs; promotions without pairs are unknown', () => {
  const recorded = loop(baseline, [
    experiment(1, 'keep', [9.5]),
    experiment(2, 'discard', [9.7]),
    experiment(3, 'keep', [9.2]),
    experiment(4, 'crash', [null]),
    experiment(5, 'keep', [9.1]),
  ]);
  const found = replayPromotions(recorded, options, { every: 2, sigma: null });
  expect(found.verdicts.map(({ provisional }) => provisional)).toEqual([true, false, true, false, true]);
  expect(found.tests.map(({ after, branch, verdict }) => [after, branch, verdict])).toEqual([
    [2, [1], 'unknown'],
    [4, [3], 'unknown'],
  ]);
  expect(found).toMatchObject({ provisional: 3, untested: 1, promoted: 0, unknown: 2 });
});

test('recorded pairs of the head beside the trunk decide a promotion', () => {
  const good = experiment(1, 'keep', [9, 9, 9, 9, 9], { commit: 'base', values: [10, 10, 10, 10] });
  const bad = experiment(2, 'keep', [8.5, 9.6, 9.5, 9.4, 9.6], { commit: 'c1', values: [9, 9.1, 9, 9.1] });
  const found = replayPromotions(loop(baseline, [good, bad]), options, { every: 1, sigma: null });
  expect(found.tests.map(({ verdict }) => verdict)).toEqual(['promoted', 'reset']);
  expect(found).toMatchObject({ promoted: 1, reset: 1, unknown: 0, untested: 0 });
});
