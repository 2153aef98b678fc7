import { expect, test } from 'vitest';
import type { MadeRun } from '../../../../src/contract/transfer.js';
import { branchArtifacts, leftOutChanges } from '../../../../src/domain/transfer/artifacts.js';
import { nextRound } from '../../../../src/domain/transfer/next-round.js';
import { transferBudget } from '../../../../src/domain/transfer/transfer-budget.js';
import { planOf } from '../../../support/transfer-record.js';

const plan = planOf();
const artifacts = branchArtifacts(plan);
const names = (round: ReturnType<typeof nextRound>) => round?.artifacts.map(({ name }) => name);

/** Runs round by round until nothing more is asked for. */
const play = (value: (name: string, pair: number) => number | null, pairs: number): MadeRun[] => {
  const made: MadeRun[] = [];
  for (
    let round = nextRound(artifacts, made, pairs);
    round !== null;
    round = nextRound(artifacts, made, pairs)
  ) {
    for (const { name } of round.artifacts) {
      const score = value(name, round.pair);
      const status = score === null ? ('crash' as const) : ('ok' as const);
      made.push({ device: 'a', artifact: name, pair: round.pair, status, value: score });
    }
  }
  return made;
};

test('every artifact runs on every seed, in the order of the branch and back', () => {
  expect(names(nextRound(artifacts, [], 4))).toEqual(['at 0', 'at 1', 'at 3', 'at 4']);
  const made = play((name, pair) => name.length + pair, 4);
  expect(made).toHaveLength(16);
  expect(made.slice(4, 8).map(({ artifact }) => artifact)).toEqual(['at 4', 'at 3', 'at 1', 'at 0']);
});

test('an interrupted round is completed, and nothing of it is run again', () => {
  const made = play((_, pair) => pair, 4).slice(0, 6);
  expect(nextRound(artifacts, made, 4)?.pair).toBe(1);
  expect(names(nextRound(artifacts, made, 4))).toEqual(['at 1', 'at 0']);
});

test('where nothing varies three seeds are enough; what never runs is not tried more often', () => {
  expect(play(() => 5, 10)).toHaveLength(12);
  const made = play((name, pair) => (name === 'at 3' ? null : pair), 10);
  expect(made.filter(({ artifact }) => artifact === 'at 3')).toHaveLength(3);
  expect(made.filter(({ artifact }) => artifact === 'at 4')).toHaveLength(10);
  expect(play((name, pair) => (name === 'at 0' ? null : pair), 10)).toHaveLength(12);
});

test('a single change takes the branch with it, without it, and its two ends; the last is left out by its own step', () => {
  expect(branchArtifacts(plan, [3]).map(({ name }) => name)).toEqual(['at 0', 'at 1', 'at 3', 'at 4']);
  expect(branchArtifacts(plan, [4]).map(({ name }) => name)).toEqual(['at 0', 'at 3', 'at 4']);
  expect(leftOutChanges(plan).map(({ experiment }) => experiment)).toEqual([1, 3]);
  expect(transferBudget(plan, { to: ['a', 'b'], pairs: 10 })).toEqual({
    artifacts: 6,
    runs: 120,
    deviceSeconds: 1200,
  });
});
