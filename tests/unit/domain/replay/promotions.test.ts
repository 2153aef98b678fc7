import { expect, test } from 'vitest';
import { replayPromotions } from '../../../../src/domain/replay/promotions.js';
import { replay } from '../../../../src/domain/replay/replay.js';
import {
  acceptanceOf,
  measured,
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

test('a recorded promotion is no scout; its pairs decide a replayed one', () => {
  const scouts = [experiment(1, 'provisional', [9.5]), experiment(2, 'discard', [9.7])];
  const tested = {
    ...experiment(3, 'keep', [null]),
    commit: 'c1',
    promotion: { branch: ['1'], pairs: [], standing: [] },
    measurements: [1, 2, 3, 4, 5].flatMap((index) => [
      measured('candidate', 20 + index, 'c1', 9),
      measured('incumbent', 20 + index, 'base', 10),
    ]),
  };
  const found = replayPromotions(loop(baseline, [...scouts, tested]), options, { every: 2, sigma: null });
  expect(found.verdicts.map(({ experiment: n }) => n)).toEqual([1, 2]);
  expect(found.tests).toMatchObject([{ branch: [1], verdict: 'promoted' }]);
});

test('under another rule it is no candidate, and its runs count as measured anew', () => {
  const scout = experiment(1, 'provisional', [9.5]);
  const tested = {
    ...experiment(2, 'discard', [null]),
    promotion: { branch: ['1'], pairs: [], standing: [] },
    measurements: [1, 2, 3].flatMap((index) => [
      measured('candidate', 20 + index, 'c1', 10.2),
      measured('incumbent', 20 + index, 'base', 10),
    ]),
  };
  const acceptance = acceptanceOf({ rule: 'branch+promote' });
  const found = replay(loop(baseline, [scout, tested], { acceptance }), acceptanceOf({ rule: 'strict' }));
  expect(found.verdicts).toHaveLength(1);
  expect(found.verdicts[0]).toMatchObject({
    verdict: 'keep',
    remeasured: { how: 'pairs', decidedBy: false },
  });
  expect(found.real).toMatchObject({ remeasured: 1, withoutGain: 1 });
  expect(found.notes.join()).toContain('1 promotion test of the record is no candidate');
});
