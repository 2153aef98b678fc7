import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardedStep, processFor } from '../../../../src/domain/evidence/guarded-step.js';
import { keepStep, startTest, type SequentialTest } from '../../../../src/domain/evidence/keep-step.js';
import { t } from '../../../../src/domain/evidence/t.js';
import { z } from '../../../../src/domain/evidence/z.js';
import { standardDeviation } from '../../../../src/domain/statistics.js';
import { normals } from '../../../support/normals.js';

const NONE = { squares: 0, df: 0 };
const testOf = (sd: number, looksFor: number, before = NONE): SequentialTest & { before: typeof NONE } => ({
  before,
  process: 'z',
  options: { sd, delta: looksFor * sd, tau: sd, bound: 4 * sd },
  alpha: 0.05,
  beta: 0.2,
  nmax: 40,
});

const differences = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 40 });

test('a keep has the evidence of the process that speaks for its differences, and no less than three of them', () => {
  fc.assert(
    fc.property(differences, fc.double({ min: 0.1, max: 3, noNaN: true }), (d, sd) => {
      const asked = testOf(sd, 1);
      let state = startTest(asked);
      for (const one of d) {
        const step = guardedStep(asked, state, one);
        ({ state } = step);
        if (step.decision === 'more') continue;
        if (step.decision === 'revert') return;
        const byT = processFor(asked, state.sums, NONE) === 't';
        const e = byT ? t.logE(state.sums, asked.options) : z.logE(state.sums, asked.options);
        expect(e).toBeGreaterThanOrEqual(Math.log(20) - 1e-9);
        expect(state.sums.n).toBeGreaterThanOrEqual(byT ? 2 : 3);
        return;
      }
    }),
  );
});

const decide = (d: readonly number[], before: { squares: number; df: number }) => {
  const asked = testOf(1, 1, before);
  return d.reduce<ReturnType<typeof guardedStep>>((now, one) => guardedStep(asked, now.state, one), {
    state: startTest(asked),
    decision: 'more',
    logE: 0,
  }).decision;
};

test('pairs of earlier tests speak for a spread that is larger, and never for one that is smaller', () => {
  expect(decide([2.5, 2.1, 1.6], NONE)).toBe('keep');
  expect(decide([2.5, 2.1, 1.6], { squares: 40, df: 4 })).toBe('more');
  expect(decide([8], { squares: 4, df: 8 })).toBe('more');
  expect(decide([9, 1, 2], { squares: 4, df: 8 })).toBe('more');
});

type World = (name: string) => { sd: number; pair: () => number };

/** Planned with the spread of ten runs, as a loop does. */
const fromRuns = (run: (normal: () => number) => number): World => {
  return (name) => {
    const normal = normals('spread', name);
    const one = () => run(normal);
    const sd = Math.SQRT2 * standardDeviation(Array.from({ length: 10 }, one));
    return { sd, pair: () => one() - one() };
  };
};

const tooSmall =
  (times: number, gain = 0): World =>
  (name) => {
    const normal = normals('spread', name);
    return { sd: 1, pair: () => gain + times * normal() };
  };

const student =
  (df: number) =>
  (normal: () => number): number =>
    normal() / Math.sqrt(Array.from({ length: df }, () => normal() ** 2).reduce((a, b) => a + b) / df);

const STREAMS = 2000;

const kept = (step: typeof guardedStep, world: World, looksFor: number): number => {
  let keeps = 0;
  for (let stream = 0; stream < STREAMS; stream++) {
    const { sd, pair } = world(String(stream));
    const asked = testOf(sd, looksFor);
    let now: ReturnType<typeof guardedStep> = { state: startTest(asked), decision: 'more', logE: 0 };
    while (now.decision === 'more') now = step(asked, now.state, pair());
    if (now.decision === 'keep') keeps++;
  }
  return keeps / STREAMS;
};

const NULLS: [string, World][] = [
  ['normal, as planned', tooSmall(1)],
  ['normal, planned from ten runs', fromRuns((normal) => normal())],
  ['normal, half again as large', tooSmall(1.5)],
  ['normal, twice as large', tooSmall(2)],
  ['normal, ten times as large', tooSmall(10)],
  ['.02 N/|N|', fromRuns((normal) => (0.02 * normal()) / Math.abs(normal()))],
  ['t with 2 df', fromRuns(student(2))],
  ['t with 3 df', fromRuns(student(3))],
];

test.each(NULLS)('no more than alpha of branches that are no better are kept: noise %s', (_, world) => {
  for (const looksFor of [0.5, 1])
    expect(kept(guardedStep, world, looksFor)).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt(0.0475 / STREAMS));
});

test('z alone keeps far more of them where its noise is wrong', () => {
  for (const [name, world] of NULLS.slice(3, 6))
    expect([name, kept(keepStep, world, 0.5) > 0.15]).toEqual([name, true]);
});

test.each([0.5, 1, 2])(
  'a gain of %d is kept as often as by z alone where the noise is as planned',
  (gain) => {
    const world = tooSmall(1, gain);
    expect(kept(guardedStep, world, 0.5)).toBeGreaterThan(kept(keepStep, world, 0.5) - 0.03);
  },
);
