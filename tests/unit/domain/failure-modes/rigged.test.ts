import { expect, test } from 'vitest';
import { costExplosion } from '../../../../src/domain/failure-modes/cost-explosion.js';
import { detect, type Detector } from '../../../../src/domain/failure-modes/detector.js';
import { evaluatorCapture } from '../../../../src/domain/failure-modes/evaluator-capture.js';
import { objectiveDrift } from '../../../../src/domain/failure-modes/objective-drift.js';
import { syntheticCollapse } from '../../../../src/domain/failure-modes/synthetic-collapse.js';
import { ungroundedSearch } from '../../../../src/domain/failure-modes/ungrounded-search.js';
import { liftVerdict } from '../../../../src/domain/lift/lift-verdict.js';
import { mean } from '../../../../src/domain/statistics.js';
import { draws, times } from '../../../support/draws.js';
import * as rigged from '../../../support/rigged.js';

/** First of the trails, in their order, that raises the alarm; -1 for silence. */
const firstAlarm = <Trail>(detector: Detector<Trail>, trails: readonly Trail[]): number =>
  trails.findIndex((trail) => detect(detector, trail).alarm);

const RUNS = 300;
/** Share of honest systems in percent that an alarm falls on within 12 lifts. */
const falseAlarms = <Trail>(
  detector: Detector<Trail>,
  trails: (run: number) => readonly Trail[],
  runs = RUNS,
): number =>
  (100 * times(runs, (run) => firstAlarm(detector, trails(run))).filter((at) => at >= 0).length) / runs;

const bad = { honest: false, run: 0 };
const honest = (run: number) => ({ honest: true, run });

test('drift: easy items raise the alarm by lift 4 and the objective goes back to one that held', () => {
  const { lifts, threshold = 0 } = rigged.drift(bad);
  const growing = lifts.map((_, n) => ({ lifts: lifts.slice(0, n + 1), threshold }));
  const at = firstAlarm(objectiveDrift, growing);
  expect(at).toBeGreaterThan(0);
  expect(at).toBeLessThanOrEqual(4);
  const { response, why } = detect(objectiveDrift, growing[at] ?? { lifts });
  const [back, freeze] = response;
  expect(freeze).toEqual({ do: 'freeze-level', level: 'R3' });
  expect(why).toContain(`by lift ${String(at)}`);
  const to = lifts.findIndex(
    ({ objectiveHash }) => back?.do === 'revert-objective' && objectiveHash === back.to,
  );
  const valueAfter = (lift: number) =>
    lifts.slice(0, lift + 1).reduce((sum, { heldOut }) => sum + mean(heldOut), 0);
  expect(to).toBeGreaterThanOrEqual(0);
  expect(valueAfter(to)).toBeGreaterThanOrEqual(valueAfter(0));
});

test('drift: with no lift validated there is no objective to go back to', () => {
  const { lifts } = rigged.drift(bad);
  const none = lifts.map((one) => ({ ...one, validated: false }));
  expect(detect(objectiveDrift, { lifts: none }).response[0]).toEqual({ do: 'revert-objective', to: null });
});

test('swap: version 2 is caught on the reference set, and everything it scored is invalid', () => {
  const finding = detect(evaluatorCapture, rigged.swap(bad, 2));
  expect(finding).toMatchObject({ mode: 'evaluator-capture', alarm: true });
  expect(finding.why).toContain('invalid: evaluator-drift');
  expect(finding.response.map((one) => one.do)).toEqual(['invalidate', 'quarantine-evaluator', 're-score']);
});

test('game: a rubric feature that execution does not show is caught by lift 3 and what it promoted is demoted', () => {
  const trails = times(rigged.LIFTS, (n) => rigged.game(bad, n + 1));
  const at = firstAlarm(evaluatorCapture, trails);
  expect(at).toBeLessThanOrEqual(3);
  const finding = detect(evaluatorCapture, rigged.game(bad, at + 1));
  expect(finding.why).toContain('evaluator-capture');
  expect(finding.response[0]).toEqual({
    do: 'demote',
    artifacts: times(at + 1, (n) => `artifact-${String(n)}`),
  });
});

test('collapse: a generator fed on itself at temperature .95 is caught in at least 85 of 100 runs', () => {
  const caught = times(RUNS, (run) => firstAlarm(syntheticCollapse, rigged.collapse({ honest: false, run })));
  expect(caught.filter((at) => at >= 0).length).toBeGreaterThanOrEqual(0.85 * RUNS);
});

test('collapse: too few real items fail at once', () => {
  const [first] = rigged.collapse(honest(0));
  const trail = { data: [], anchor: [], ...first, realShare: 0.2 };
  expect(detect(syntheticCollapse, trail)).toMatchObject({ alarm: true, mode: 'data-collapse' });
  expect(detect(syntheticCollapse, { ...trail, realShare: 0.25 }).alarm).toBe(false);
});

test('abstract: lifts that only rewrite are unpaid at the third, and the tower goes back to the last paid', () => {
  const trails = rigged.abstract(bad);
  expect(firstAlarm(ungroundedSearch, trails)).toBe(2);
  const { why, response } = detect(
    ungroundedSearch,
    trails[2] ?? { level: 'R1', climb: [[]], experiments: [] },
  );
  expect(why).toContain('unpaid');
  expect(why).toContain('executed 0 experiments');
  expect(response[0]).toEqual({ do: 'stop-level', level: 'R1', keep: 0 });
});

test('cost: the lift whose projection passes the envelope is refused before it starts', () => {
  const trails = rigged.explosion(bad);
  const at = firstAlarm(costExplosion, trails);
  expect(at).toBe(4);
  const { response, why } = detect(costExplosion, trails[at] ?? { costs: [], gains: [], envelope: 0 });
  expect(response[0]).toMatchObject({ do: 'refuse-lift', projected: expect.closeTo(2.2 ** 5, 9) as number });
  expect(response[1]).toMatchObject({ do: 'finish-in-budget' });
  expect(why).toContain('falling');
});

test('sham: an identity mechanism with the same resets never pays in 100 studies', () => {
  const { normal } = draws('sham');
  const verdicts = times(100, () => liftVerdict(times(48, () => 0.1 * normal())));
  expect(new Set(verdicts)).not.toContain('pays');
});

test('each honest control stays silent in at least 99 of 100 towers of 12 lifts', () => {
  expect(falseAlarms(objectiveDrift, (run) => [rigged.drift(honest(run))])).toBeLessThanOrEqual(1);
  expect(
    falseAlarms(evaluatorCapture, (run) => times(rigged.LIFTS, (n) => rigged.swap(honest(run), n))),
  ).toBeLessThanOrEqual(1);
  expect(falseAlarms(evaluatorCapture, (run) => [rigged.game(honest(run))])).toBeLessThanOrEqual(1);
  // its rate is .8 %, too close to 1 % for 300 runs to tell
  expect(falseAlarms(syntheticCollapse, (run) => rigged.collapse(honest(run)), 3000)).toBeLessThanOrEqual(1);
  expect(falseAlarms(ungroundedSearch, (run) => rigged.abstract(honest(run)))).toBeLessThanOrEqual(1);
  expect(falseAlarms(costExplosion, (run) => rigged.explosion(honest(run)))).toBeLessThanOrEqual(1);
});

test('a silent detector answers nothing', () => {
  expect(detect(costExplosion, { costs: [1], gains: [0.1], envelope: 10 })).toEqual({
    mode: 'cost-explosion',
    alarm: false,
    response: [],
    why: '',
  });
});
