import { expect, test } from 'vitest';
import { GUARD_INDEX } from '../../../../src/domain/replay/recorded.js';
import { fromRecord } from '../../../../src/domain/replay/from-record.js';
import { replay } from '../../../../src/domain/replay/replay.js';
import { NoBaseline } from '../../../../src/domain/replay/baseline-of.js';
import { replayText } from '../../../../src/report/terminal/replay-text.js';
import { GUARD_INDEX as OF_THE_LOOP } from '../../../../src/workflows/research-loop/guard-run.js';
import {
  acceptanceOf,
  measured,
  recordedExperiment as experiment,
  recordedLoop as loop,
} from '../../../support/recorded-loop.js';
import { loopRecord } from '../../../support/loop-record.js';

const verdicts = (found: ReturnType<typeof replay>) => found.verdicts.map(({ verdict }) => verdict);

test('a strict loop under floor keeps what passes the noise, and builds on that alone', () => {
  const recorded = loop(
    [10, 10.2, 9.8],
    [
      experiment(1, 'keep', [9.9]),
      experiment(2, 'keep', [9.85]),
      experiment(3, 'keep', [9.4]),
      experiment(4, 'discard', [9.5]),
    ],
  );
  const found = replay(recorded, acceptanceOf({ rule: 'floor', k: 2, repeats: 3 }));
  expect(verdicts(found)).toEqual(['inconclusive', 'inconclusive', 'keep', 'discard']);
  expect(found.verdicts.map(({ against }) => against)).toEqual([0, 0, 0, 3]);
  expect(found).toMatchObject({ kept: 1, recordedKept: 3, unknown: 0, changed: [1, 2] });
});

test('what a rule would have measured and nobody did is unknown, and never made up', () => {
  const recorded = loop([10, 10.2, 9.8], [experiment(1, 'keep', [9]), experiment(2, 'discard', [9.5])]);
  const found = replay(recorded, acceptanceOf({ rule: 'confirm', n: 2 }));
  expect(verdicts(found)).toEqual(['unknown', 'discard']);
  expect(found.verdicts[0]?.reason).toContain('run 2 of the incumbent is not in the record');
  expect(found).toMatchObject({ kept: 0, unknown: 1, changed: [] });
});

test('after an unknown verdict the recorded one stands in, so that the next are judged against what they met', () => {
  const recorded = loop([10, 10.2, 9.8], [experiment(1, 'keep', [9]), experiment(2, 'discard', [9.5])]);
  const found = replay(recorded, acceptanceOf({ rule: 'confirm', n: 2 }));
  expect(found.verdicts[1]).toMatchObject({ against: 1, verdict: 'discard' });
});

test('a keep whose guards were never run is unknown; one whose guards failed ends as they did', () => {
  const passed = experiment(1, 'discard', [9]);
  const failing = experiment(2, 'guard_failed', [8]);
  failing.measurements.push({
    ...measured('candidate', GUARD_INDEX, 'c2', 8),
    status: 'guard_failed',
    detail: 'npm test failed',
  });
  const found = replay(loop([10], [passed, failing], { guarded: true }), acceptanceOf({ rule: 'strict' }));
  expect(verdicts(found)).toEqual(['unknown', 'guard_failed']);
  expect(GUARD_INDEX).toBe(OF_THE_LOOP);
});

test('what a person refused stays refused', () => {
  const refused = { ...experiment(1, 'discard', [9]), reason: 'rejected: too long' };
  const found = replay(loop([10], [refused]), acceptanceOf({ rule: 'strict' }));
  expect(found.verdicts[0]).toMatchObject({ verdict: 'discard', reason: 'a person rejected: too long' });
});

test('experiments that never ran keep their outcome under any rule', () => {
  const never = { ...experiment(1, 'duplicate', []), commit: null };
  const found = replay(loop([10], [never]), acceptanceOf({ rule: 'strict' }));
  expect(verdicts(found)).toEqual(['duplicate']);
});

test('a record in which a worse candidate overwrote the incumbent is found out under its own rule', () => {
  const raced = { ...experiment(2, 'keep', [9.5]), against: 1, standing: { value: 10, n: 1 } };
  const recorded = loop([10], [{ ...experiment(1, 'keep', [9]), standing: { value: 10, n: 1 } }, raced]);
  const found = replay(recorded, acceptanceOf({ rule: 'strict' }));
  expect(found).toMatchObject({ ownRule: true, changed: [2] });
  expect(found.verdicts[1]).toMatchObject({ recorded: 'keep', verdict: 'discard' });
});

test('another option is another rule; noise that was handed in is not the recorded one', () => {
  const recorded = loop([10], [experiment(1, 'keep', [9])]);
  expect(replay(recorded, acceptanceOf({ rule: 'strict', minEffect: 2 }))).toMatchObject({
    ownRule: false,
    changed: [1],
  });
  expect(replay(recorded, acceptanceOf({ rule: 'strict' }), 1).ownRule).toBe(false);
});

test('floor without noise is unknown, and with a noise that is handed in it is not', () => {
  const recorded = loop([10], [experiment(1, 'keep', [9])]);
  expect(verdicts(replay(recorded, acceptanceOf({ rule: 'floor' })))).toEqual(['unknown']);
  expect(verdicts(replay(recorded, acceptanceOf({ rule: 'floor' }), 0.6))).toEqual(['inconclusive']);
  expect(verdicts(replay(recorded, acceptanceOf({ rule: 'floor' }), 0.4))).toEqual(['keep']);
});

test('a loop without a baseline is refused', () => {
  const failed = loop([], [experiment(1, 'keep', [9])], {
    baseline: [measured('baseline', 0, 'base', null)],
  });
  expect(() => replay(failed, acceptanceOf({ rule: 'strict' }))).toThrow(NoBaseline);
});

test('under its own rule a run beside an incumbent that was overtaken meanwhile still counts', () => {
  const acceptance = acceptanceOf({ rule: 'confirm', n: 2, repeats: 3 });
  const kept = experiment(1, 'keep', [8, 8, 8.1], { commit: 'base', values: [10, 10.1] });
  // its second run failed beside the base, before experiment 1 was kept
  const crashed = experiment(2, 'crash', [9, null], { commit: 'base', values: [10] });
  const found = replay(loop([10, 10.2, 9.8], [kept, crashed], { acceptance }), acceptance);
  expect(found).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
});

const sprt = acceptanceOf({ rule: 'sprt', evidence: 't', repeats: 3, nmax: 8 });

test('of a verdict whose runs the ledger lost it is said that it cannot be told, and the rest is still judged', () => {
  const first = experiment(1, 'discard', [11, 11], { commit: 'c9', values: [] });
  const lost = { ...first, against: 0, standing: { value: 10, n: 3 }, lacksRuns: true as const };
  const other = { ...experiment(2, 'crash', [null]), against: 0, standing: { value: 9.9, n: 5 } };
  const found = replay(loop([10, 10.2, 9.8], [lost, other], { acceptance: sprt }), sprt);
  expect(verdicts(found)).toEqual(['unknown', 'crash']);
  expect(found).toMatchObject({ ownRule: true, changed: [], unknown: 1, untold: [1] });
  const text = replayText(found, { columns: 160, all: false });
  expect(text).toContain("every other verdict follows from it. Of 1 verdict it can't be told");
  expect(replay(loop([10, 10.2, 9.8], [lost], { acceptance: sprt }), { ...sprt, nmax: 9 }).untold).toEqual(
    [],
  );
});

test('an export whose evidence names runs of the incumbent that it does not hold lacks them', () => {
  const sample = loopRecord({ experiments: 1 });
  const [baseline, row] = sample.experiments;
  if (baseline === undefined || row === undefined) throw new Error('no rows');
  const withEvidence = (incumbent: { index: number; value: number }[]) => {
    const evidence = { incumbent, standing: { value: 1, n: 1 } };
    const verdict = { rule: sprt.rule, options: sprt, evidence };
    return fromRecord({ ...sample, experiments: [baseline, { ...row, verdict }] }).experiments[0];
  };
  expect(withEvidence([{ index: 3, value: 77 }])?.lacksRuns).toBe(true);
  expect(withEvidence([])?.lacksRuns).toBeUndefined();
});

test('one verdict does not follow, two do not', () => {
  const raced = (n: number) => ({
    ...experiment(n, 'keep', [9.5]),
    against: 0,
    standing: { value: 10, n: 1 },
  });
  const first = { ...experiment(1, 'keep', [9]), standing: { value: 10, n: 1 } };
  const said = (...rows: ReturnType<typeof raced>[]) =>
    replayText(replay(loop([10], [first, ...rows]), acceptanceOf({ rule: 'strict' })), {
      columns: 100,
      all: false,
    });
  expect(said(raced(2))).toContain('but 1 verdict does not follow from it.');
  expect(said(raced(2), raced(3))).toContain('but 2 verdicts do not follow from it.');
});
