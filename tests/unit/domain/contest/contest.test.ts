import { describe, expect, test } from 'vitest';
import type { ContestOptions } from '../../../../src/contract/contest.js';
import { bracketOf } from '../../../../src/domain/contest/contest-rules.js';
import { contestVerdicts, winnerOf } from '../../../../src/domain/contest/contest-verdicts.js';
import { openContest } from '../../../../src/domain/contest/open-contest.js';
import { concludeContest, expectRuns, stepContest } from '../../../../src/domain/contest/step-contest.js';
import { wantedRuns } from '../../../../src/domain/contest/wanted-runs.js';
import { random } from '../../../../src/domain/random.js';
import { OPTIONS, play, type World } from './world.js';

/** Levels by arm, with noise that no arm shares and noise that all on a seed share. */
const noisy =
  (levels: readonly number[], noise = 0.3): World =>
  (arm, seed) =>
    (levels[arm] ?? 0) + 3 * random('shared', seed).next() + noise * (random('own', arm, seed).next() - 0.5);

const HALVING: ContestOptions = {
  ...OPTIONS,
  rule: 'halving',
  arms: 8,
  pulls: 48,
  test: { ...OPTIONS.test, alpha: 0.05 },
};
const HYPERBAND: ContestOptions = {
  ...HALVING,
  rule: 'hyperband',
  arms: 9,
  rungs: bracketOf({ eta: 3, rungs: 3 }, 0),
};

describe('a race', () => {
  test('the one arm that is better wins, stands on fresh runs, and the others say why they went', () => {
    const state = play(OPTIONS, noisy([0, 0, 2, -1, 0.1]));
    const verdicts = contestVerdicts(state, null);
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['discard', 'keep', 'discard', 'discard']);
    expect(winnerOf(state)).toBe(2);
    expect(verdicts[1]?.reason).toMatch(
      /first of the race of 4 candidates: better by .* at most 5 % of times/,
    );
    expect(verdicts[2]?.reason).toMatch(/worse than the best|hopeless/);
    expect(state.standing?.n).toBe(3);
    const raced = state.blocks.length - 3;
    expect(state.blocks.slice(raced).every(({ cells }) => Object.keys(cells).join() === '2')).toBe(true);
  });

  test('nobody is dropped before the fifth seed', () => {
    const state = play(OPTIONS, noisy([0, -9, -9, -9, -9]));
    expect(state.blocks).toHaveLength(5);
    expect(winnerOf(state)).toBeNull();
  });

  test('two equally good arms race to the last seed, the incumbent leaves once both have passed', () => {
    const state = play({ ...OPTIONS, arms: 2 }, noisy([0, 2, 2], 0.01));
    expect(winnerOf(state)).not.toBeNull();
    const last = state.blocks[39];
    expect(Object.keys(last?.cells ?? {})).not.toContain('0');
  });

  test('an arm that fails is out at once, unless the incumbent fails on the same seed', () => {
    const base = noisy([0, 2, 2.5, -1, -1]);
    const world: World = (arm, seed) => {
      if (seed === 102) return 'crash';
      return arm === 2 && seed === 104 ? 'timeout' : base(arm, seed, 1);
    };
    const state = play(OPTIONS, world);
    const verdicts = contestVerdicts(state, null);
    expect(verdicts[1]).toMatchObject({ outcome: 'timeout' });
    expect(winnerOf(state)).toBe(1);
  });

  test('seeds on which the incumbent always fails say nothing of anybody', () => {
    const state = play({ ...OPTIONS, test: { ...OPTIONS.test, nmax: 6 } }, (arm) =>
      arm === 0 ? 'crash' : 5,
    );
    expect(contestVerdicts(state, null).every(({ outcome }) => outcome !== 'keep')).toBe(true);
    expect(state.blocks).toHaveLength(6);
  });

  test('a sure gain below the smallest that counts is no keep', () => {
    const state = play({ ...OPTIONS, least: 5 }, noisy([0, 2, -1, -1, -1]));
    expect(contestVerdicts(state, null)[0]).toMatchObject({ outcome: 'discard' });
    expect(contestVerdicts(state, null)[0]?.reason).toContain('less than the smallest effect 5');
  });

  test('where time is up whoever has passed its test wins, and nobody else', () => {
    const world = noisy([0, 3, 3, -1, -1], 0.01);
    let state = openContest(OPTIONS, 0);
    while (state.judged < 12) {
      const [run] = wantedRuns(state, 1);
      if (run !== undefined) state = stepContest(state, run, world(run.arm, run.seed, 1));
    }
    expect(winnerOf(concludeContest(state))).not.toBeNull();
    const early = openContest(OPTIONS, 0);
    const verdicts = contestVerdicts(concludeContest(early), 'budget spent');
    expect(verdicts.every(({ outcome }) => outcome === 'inconclusive')).toBe(true);
    expect(verdicts[0]?.reason).toContain('budget spent');
  });
});

describe('a selection', () => {
  test('halving halves by each round’s own seeds, and the last one meets the incumbent on fresh ones', () => {
    const state = play(HALVING, noisy([0, 0, 0, 0, 0, 2, 0, 0, 0]));
    expect(winnerOf(state)).toBe(5);
    const arms = state.blocks.map(({ cells }) => Object.keys(cells).length);
    expect(arms.slice(0, 2 + 4 + 8)).toEqual([8, 8, 4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2]);
    const final = state.blocks.slice(14);
    expect(final.every(({ cells }) => Object.keys(cells).join() === '0,5')).toBe(true);
    expect(state.standing?.n).toBe(final.length);
    expect(contestVerdicts(state, null)[0]?.reason).toContain('not among the best of its round');
  });

  test('hyperband climbs in budget, and only a full one is compared with the incumbent', () => {
    // small budgets flatter everybody
    const base = noisy([0, 0, 0, 0, 0, 0, 0, 0, 2, 0]);
    const state = play(
      HYPERBAND,
      (arm, seed, fidelity) => (base(arm, seed, 1) as number) + 50 * (1 - fidelity),
    );
    expect(winnerOf(state)).toBe(8);
    expect(state.blocks.map(({ fidelity }) => fidelity).slice(0, 3)).toEqual([1 / 9, 1 / 3, 1]);
    for (const { fidelity, cells } of state.blocks)
      expect(fidelity < 1 && cells[0] !== undefined).toBe(false);
    expect(state.standing?.value).toBeLessThan(10);
  });

  test('hyperband takes its brackets in turns', () => {
    const sizes = [0, 1, 2, 3].map((held) => bracketOf({ eta: 3, rungs: 3 }, held).map(({ arms }) => arms));
    expect(sizes).toEqual([[9, 3, 1], [5, 1], [3], [9, 3, 1]]);
  });

  test('with fewer arms than a bracket is made for each rung keeps the same share of them', () => {
    const state = play({ ...HYPERBAND, arms: 6 }, noisy([0, 0, 0, 0, 0, 0, 2]));
    expect(Object.keys(state.blocks[1]?.cells ?? {})).toHaveLength(2);
    expect(winnerOf(state)).toBe(6);
  });

  test('an arm that fails in a round is out, and the incumbent’s run on that seed says whether it is to blame', () => {
    const world = noisy([0, 1, 0, 3, 0, 0, 0, 0, 0]);
    const state = play(HALVING, (arm, seed, fidelity) => {
      if (seed === 100) return 'crash';
      return arm === 3 ? 'out_of_memory' : world(arm, seed, fidelity);
    });
    expect(Object.keys(state.blocks[0]?.cells ?? {})).toContain('0');
    expect(contestVerdicts(state, null)[2]).toMatchObject({ outcome: 'out_of_memory' });
    expect(winnerOf(state)).toBe(1);
  });

  test('one candidate alone goes straight to the final', () => {
    const state = play({ ...HALVING, arms: 1 }, noisy([0, 2]));
    expect(Object.keys(state.blocks[0]?.cells ?? {})).toEqual(['0', '1']);
    expect(winnerOf(state)).toBe(1);
  });
});

test('runs that come too late for their phase are not taken for the next one’s', () => {
  const world = noisy([0, 3, -3], 0.01);
  const options = { ...HALVING, arms: 2, pulls: 2 };
  let state = openContest(options, 0);
  const [first, second] = wantedRuns(state, 2);
  if (first === undefined || second === undefined) throw new Error('two runs were expected');
  const late = { arm: 1, seed: 1, fidelity: 1 };
  state = expectRuns(state, [first, second, late]);
  for (const run of [first, second, late]) state = stepContest(state, run, world(run.arm, run.seed, 1));
  expect(state.phase.kind).toBe('final');
  expect(wantedRuns(state, 1)[0]?.seed).toBe(2);
});

test('the order of a block’s runs changes from seed to seed', () => {
  const state = openContest(OPTIONS, 100);
  const firsts = [100, 101, 102].map((seed) => wantedRuns(state, 15).find((run) => run.seed === seed)?.arm);
  expect(new Set(firsts).size).toBe(3);
});
