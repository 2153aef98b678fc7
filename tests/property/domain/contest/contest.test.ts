import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContestOptions } from '../../../../src/contract/contest.js';
import { bracketOf } from '../../../../src/domain/contest/contest-rules.js';
import { contestVerdicts, winnerOf } from '../../../../src/domain/contest/contest-verdicts.js';
import { openContest } from '../../../../src/domain/contest/open-contest.js';
import { expectRuns, stepContest } from '../../../../src/domain/contest/step-contest.js';
import { wantedRuns } from '../../../../src/domain/contest/wanted-runs.js';
import { random } from '../../../../src/domain/random.js';
import { normals } from '../../../support/normals.js';
import { OPTIONS, play, type World } from '../../../unit/domain/contest/world.js';

const NOISE = { sd: Math.SQRT2, delta: Math.SQRT2 / 2, tau: 1, bound: 8 };
const race: ContestOptions = {
  ...OPTIONS,
  arms: 6,
  test: { ...OPTIONS.test, options: NOISE, alpha: 0.05 / 6 },
};
const RULES: Record<string, ContestOptions> = {
  'race by ranks': race,
  'race by t': { ...race, drop: { test: 't', alpha: 0.05 } },
  halving: { ...race, rule: 'halving', arms: 6, pulls: 36, test: { ...race.test, alpha: 0.05 } },
  hyperband: {
    ...race,
    rule: 'hyperband',
    arms: 9,
    rungs: bracketOf({ eta: 3, rungs: 3 }, 0),
    test: { ...race.test, alpha: 0.05 },
  },
};

/** Copies of one artifact with normal noise; a value belongs to arm and seed, whatever the order of the runs. */
const copies = (stream: number): World => {
  const drawn = new Map<string, number>();
  return (arm, seed) => {
    const key = `${String(arm)}/${String(seed)}`;
    const value = drawn.get(key) ?? normals('null stream', stream, arm, seed)();
    drawn.set(key, value);
    return value;
  };
};

const STREAMS = 2000;

describe.each(Object.entries(RULES))('%s', (_, options) => {
  test('of 2000 batches of copies no more lead to a keep than is promised', () => {
    let kept = 0;
    for (let stream = 0; stream < STREAMS; stream++) {
      if (winnerOf(play(options, copies(stream))) !== null) kept++;
    }
    expect(kept / STREAMS).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt(0.05 / STREAMS));
  });

  const levels = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
    minLength: options.arms,
    maxLength: options.arms,
  });

  test('permuting the arms permutes the verdicts', () => {
    fc.assert(
      fc.property(levels, fc.nat(), (means, stream) => {
        const order = means.map((_mean, at) => at + 1);
        const draws = random('order', stream);
        order.sort(() => draws.next() - 0.5);
        const world = copies(stream);
        const straight: World = (arm, seed) => (means[arm - 1] ?? 0) + (world(arm, seed, 1) as number);
        const permuted: World = (arm, seed) => straight(arm === 0 ? 0 : (order[arm - 1] ?? 0), seed, 1);
        const one = contestVerdicts(play(options, straight), null);
        const other = contestVerdicts(play(options, permuted), null);
        order.forEach((was, at) => {
          expect(other[at]?.outcome).toBe(one[was - 1]?.outcome);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('how many runs are made at a time, and in which order they end, changes no verdict', () => {
    fc.assert(
      fc.property(levels, fc.nat(), fc.integer({ min: 2, max: 20 }), (means, stream, atATime) => {
        const own = copies(stream);
        const world: World = (arm, seed) => (means[arm - 1] ?? 0) + (own(arm, seed, 1) as number);
        const draws = random('ends', stream);
        let state = openContest(options, 100);
        for (;;) {
          const runs = wantedRuns(state, atATime);
          if (runs.length === 0) break;
          state = expectRuns(state, runs);
          for (const run of runs.toSorted(() => draws.next() - 0.5))
            state = stepContest(state, run, world(run.arm, run.seed, run.fidelity));
        }
        const outcomes = contestVerdicts(state, null).map(({ outcome }) => outcome);
        if (options.rule === 'race')
          expect(outcomes).toEqual(contestVerdicts(play(options, world), null).map((one) => one.outcome));
        expect(outcomes.filter((outcome) => outcome === 'keep').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  test('a state read back from JSON goes on as it was', () => {
    const world = copies(7);
    let state = openContest(options, 0);
    for (let n = 0; n < 30; n++) {
      const [run] = wantedRuns(state, 1);
      if (run === undefined) break;
      state = JSON.parse(
        JSON.stringify(stepContest(state, run, world(run.arm, run.seed, 1))),
      ) as typeof state;
    }
    let straight = openContest(options, 0);
    for (let n = 0; n < 30; n++) {
      const [run] = wantedRuns(straight, 1);
      if (run !== undefined) straight = stepContest(straight, run, world(run.arm, run.seed, 1));
    }
    expect(state).toEqual(straight);
  });
});
