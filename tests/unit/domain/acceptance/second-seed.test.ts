import { expect, test } from 'vitest';
import type { Measurement } from '../../../../src/contract/measurement.js';
import { decide, type Decision } from '../../../../src/domain/acceptance/decide.js';
import { noiseAnew } from '../../../../src/domain/acceptance/second-seed.js';
import { acceptanceOf, measured } from '../../../support/recorded-loop.js';

const STILL = { sigma: 0, n: 3 };

const ask = (
  candidate: (number | null)[],
  { incumbent = [], rule = 'branch+promote', noise = STILL, evidence = 'z', beside }: Asked = {},
): Decision =>
  decide({
    direction: 'maximize',
    acceptance: acceptanceOf({ rule, evidence }),
    measurements: [
      ...candidate.map((value, index) => measured('candidate', index, 'c', value)),
      ...incumbent.map((value, at): Measurement => measured('incumbent', at + 1, 'i', value)),
      ...(beside ?? []).map((value, at): Measurement => measured('baseline', at + 1, 'b', value)),
    ],
    candidate: 'c',
    incumbent: { commit: 'i', value: 0.9, n: 3 },
    noise,
    secondSeed: true,
    ...(beside === undefined ? {} : { proven: { commit: 'b', value: 0.8, n: 3 } }),
  });

interface Asked {
  incumbent?: (number | null)[];
  rule?: 'branch+promote' | 'strict' | 'sprt' | 'floor' | 'confirm' | 'race';
  noise?: { sigma: number; n: number };
  evidence?: 'z' | 'bet';
  /** runs of what stood before anything was kept */
  beside?: (number | null)[];
}

const TEN = [0.9, 0.91, 0.9, 0.89, 0.9, 0.92, 0.9, 0.9, 0.91, 0.9];

test.each(['branch+promote', 'strict', 'sprt', 'floor', 'confirm', 'race'] as const)(
  'under %s a would-be keep of a metric taken for still is run on a second seed first',
  (rule) => {
    expect(ask([0.91], { rule })).toMatchObject({ decision: 'more', candidate: [1], incumbent: [] });
    expect(ask([0.91, 0.91], { rule })).toMatchObject({
      outcome: 'keep',
      reason: expect.stringContaining('runs alike on a second seed') as string,
      evidence: { secondSeed: true },
    });
  },
);

test('what is not better costs one run', () => {
  expect(ask([0.9])).toMatchObject({ outcome: 'discard', evidence: { secondSeed: true } });
});

test('two runs that differ have the noise measured anew, on ten runs of the incumbent', () => {
  expect(ask([0.91, 0.93])).toMatchObject({
    decision: 'more',
    candidate: [],
    incumbent: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    firstSeed: 3,
  });
  expect(ask([0.91, 0.93], { incumbent: TEN.slice(0, 4) })).toMatchObject({ incumbent: [5, 6, 7, 8, 9, 10] });
  const ended = ask([0.91, 0.93], { incumbent: TEN });
  expect(ended).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringMatching(
      /^the metric is not deterministic: it gave 0\.91\d*, then 0\.93\d*; noise measured anew: σ 0\.014/,
    ) as string,
  });
});

test('its sigma is the larger of what the incumbent and the candidate show', () => {
  const wild = [0.1, 0.9, 0.3, 0.8, 0.2, 0.9, 0.5, 0.4, 0.7, 0.6];
  const sigmaOf = (decision: Decision) =>
    decision.decision === 'final' ? decision.evidence.anew?.sigma : undefined;
  expect(sigmaOf(ask([0.91, 0.93], { incumbent: TEN }))).toBeCloseTo(0.02 / Math.SQRT2, 12);
  expect(sigmaOf(ask([0.91, 0.93], { incumbent: wild }))).toBeCloseTo(Math.sqrt(0.744 / 9), 12);
});

test('failed runs of the incumbent count as asked for; the rest says what it stands on', () => {
  const one = [0.9, ...Array.from({ length: 9 }, () => null)];
  const ended = ask([0.91, 0.93], { incumbent: one });
  if (ended.decision !== 'final') throw new Error('it goes on');
  expect(noiseAnew(ended.evidence)).toMatchObject({
    noise: { n: 2 },
    values: [0.9],
    standing: { value: 0.9, n: 1 },
  });
  const none = ask([0.91, 0.93], { incumbent: Array.from({ length: 10 }, () => null) });
  if (none.decision !== 'final') throw new Error('it goes on');
  expect(noiseAnew(none.evidence)).toMatchObject({ values: [0.9], standing: { value: 0.9, n: 1 } });
});

test('a crash on the second seed is a crash, whatever is bet on', () => {
  expect(ask([0.91, null])).toMatchObject({ outcome: 'crash', evidence: { secondSeed: true } });
  expect(ask([0.91, null], { rule: 'sprt', evidence: 'bet' })).toMatchObject({ outcome: 'crash' });
});

test('a metric that is known to have noise, or was run once, is asked nothing more', () => {
  expect(ask([0.91], { rule: 'strict', noise: { sigma: 0.01, n: 10 } })).toMatchObject({ outcome: 'keep' });
  expect(ask([0.91], { rule: 'strict', noise: { sigma: 0, n: 1 } })).toMatchObject({ outcome: 'keep' });
});

test('what was kept till then is measured beside what stood before, on the same seeds', () => {
  const all = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(ask([0.91, 0.93], { beside: [] })).toMatchObject({ incumbent: all, proven: all, firstSeed: 3 });
  const half = ask([0.91, 0.93], { incumbent: TEN, beside: [0.8, null] });
  expect(half).toMatchObject({ incumbent: [], proven: all.slice(2), firstSeed: 3 });
});

test('a keep that is shown to be better stands on its fresh runs, another goes back to what stood before', () => {
  const level = (value: number) => TEN.map(() => value);
  const proofOf = (decision: Decision) =>
    decision.decision === 'final' ? noiseAnew(decision.evidence) : null;
  const held = proofOf(ask([0.91, 0.93], { incumbent: TEN, beside: level(0.8) }));
  expect(held).toMatchObject({ proof: { holds: true }, values: TEN });
  const lost = ask([0.91, 0.93], { incumbent: TEN, beside: level(0.9) });
  expect(proofOf(lost)).toMatchObject({
    proof: { holds: false },
    values: level(0.9),
    noise: { sigma: expect.closeTo(0.02 / Math.SQRT2, 9) as number },
  });
  const gone = proofOf(ask([0.91, 0.93], { incumbent: TEN, beside: TEN.map(() => null) }));
  expect(gone).toMatchObject({ proof: { holds: false }, standing: { value: 0.8, n: 1 } });
});
