import { expect, test } from 'vitest';
import type { ExperimentRow } from '../../../../src/contract/ledger.js';
import { NO_USAGE } from '../../../../src/contract/proposal.js';
import type { Guidance, Seen } from '../../../../src/contract/steering.js';
import type { Measurement } from '../../../../src/contract/measurement.js';
import { failureMemory } from '../../../../src/domain/proposers/prompt/failures.js';
import { sightingsOf } from '../../../../src/domain/memory/sightings.js';
import { findAgain } from '../../../../src/domain/steering/find-again.js';
import { grant } from '../../../../src/domain/steering/grant.js';
import { seenOf } from '../../../../src/domain/steering/seen-of.js';
import { readPast } from '../../../../src/domain/steering/trials.js';
import { isUnjudged } from '../../../../src/domain/steering/unjudged.js';
import { measured } from '../../../support/recorded-loop.js';

const BASE = 'base';

const row = (experiment: number, more: Partial<ExperimentRow> = {}): ExperimentRow => ({
  loop: 'l',
  experiment,
  outcome: 'discard',
  reason: '',
  proposer: 'mutate',
  idea: `idea ${'abcdefgh'[experiment] ?? ''}`,
  base: BASE,
  baseKind: 'current',
  against: 0,
  commit: experiment === 0 ? BASE : `c${String(experiment)}`,
  tree: null,
  branchCommit: null,
  value: 5,
  verdict: null,
  deviceClass: 'cpu',
  usage: NO_USAGE,
  duplicateOf: null,
  proposedAt: 0,
  settledAt: 0,
  ...more,
});

const steered = { directive: null, mechanism: 'm', parent: null, moves: [], settings: {}, compliance: null };

const part = (experiment: number, value: number | null, fidelity = 0.25): ExperimentRow =>
  row(experiment, {
    outcome: value === null ? 'crash' : 'inconclusive',
    value: null,
    steering: { ...steered, fidelity, seen: { value, n: 1, fidelity, of: null } },
  });

const baseline = row(0, { outcome: 'keep', value: 5, against: null });
const lucky = row(1, { outcome: 'keep', value: 1, steering: { ...steered, settings: { lr: 2 } } });

const again = (experiment: number, rows: readonly ExperimentRow[], seen: Omit<Seen, 'of'>): ExperimentRow => {
  const found = findAgain({ replicate: { id: 1, n: seen.n }, why: '' }, rows, BASE);
  if (found === null) throw new Error('nobody knows #1');
  const { commit, base, settings } = found;
  const steering = { ...steered, settings, again: found, seen: { ...seen, of: found.id } };
  return row(experiment, { outcome: 'inconclusive', value: null, commit, base, steering });
};

const past = (rows: readonly ExperimentRow[]) =>
  readPast({ rows, direction: 'minimize', sigma: 1, base: { lr: 1 }, baseCommit: BASE });

test('a mechanism is told the score of a part of a run as that, and nothing of it is compared with a whole one', () => {
  const { trials, elites } = past([baseline, part(1, 0.5), part(2, null)]);
  expect(trials).toMatchObject([
    { id: 1, scores: { mean: -0.5, n: 1 }, dy: null, status: 'revert', fidelity: 0.25, cost: 0.25 },
    { id: 2, scores: null, dy: null, status: 'crash', fidelity: 0.25 },
  ]);
  expect(elites.map(({ id }) => id)).toEqual([0]);
});

test('a trial measured again is a trial of its own, its elite is better known, and it is nobody’s parent', () => {
  const twice = again(2, [baseline, lucky], { value: 4, n: 2, fidelity: 1 });
  const child = row(3, { base: 'c1', value: 3 });
  const { trials, elites } = past([baseline, lucky, twice, child]);
  expect(trials[1]).toMatchObject({
    parentId: 1,
    config: { lr: 2 },
    scores: { mean: -4, n: 2 },
    dy: null,
    status: 'dup',
    reason: 'again',
    fidelity: 1,
    cost: 2,
  });
  expect(trials[2]).toMatchObject({ parentId: 1, dy: -2 });
  expect(elites.find(({ id }) => id === 1)?.mean).toBe(-3);
  // a part of a run says nothing of an elite
  const partly = again(2, [baseline, lucky], { value: 4, n: 2, fidelity: 0.5 });
  expect(past([baseline, lucky, partly]).elites.find(({ id }) => id === 1)?.mean).toBe(-1);
});

test('only what never had a whole run is judged when it gets one, and its runs are those of the first', () => {
  const rows = [baseline, lucky, part(2, 0.5)];
  const of = (id: number, fidelity?: number) =>
    findAgain(
      { replicate: { id, n: 1 }, why: '', ...(fidelity === undefined ? {} : { fidelity }) },
      rows,
      BASE,
    );
  expect(of(2)).toMatchObject({ id: 2, commit: 'c2', judged: true });
  expect(of(2, 0.5)).toMatchObject({ judged: false });
  expect(of(1)).toMatchObject({ commit: 'c1', judged: false });
  expect(of(0)).toMatchObject({ commit: BASE, judged: false });
  expect(of(9)).toBeNull();
  const twice = again(3, rows, { value: 4, n: 1, fidelity: 1 });
  expect(findAgain({ replicate: { id: 3, n: 1 }, why: '' }, [...rows, twice], BASE)).toMatchObject({
    id: 1,
    idea: lucky.idea,
  });
  const refused = row(4, { outcome: 'refused', commit: null });
  expect(findAgain({ replicate: { id: 4, n: 1 }, why: '' }, [refused], BASE)).toBeNull();
});

test('no idea is called a failure for what no rule has judged, but a crash is one', () => {
  const rows = [part(1, 0.5), again(2, [baseline, lucky], { value: 4, n: 1, fidelity: 1 }), part(3, null)];
  expect(rows.map(isUnjudged)).toEqual([true, true, false]);
  expect(failureMemory(rows, 1000).join()).toContain('idea d');
  expect(failureMemory(rows, 1000)).toHaveLength(1);
  const source = { task: 't', level: 'R0', epoch: 1 };
  const told = sightingsOf(
    rows.map((one) => ({ ...one, outcome: one.experiment === 3 ? 'crash' : 'discard', measurements: [] })),
    source,
  );
  expect(told.map(({ experiment }) => experiment)).toEqual([3]);
});

test('a loop gives no more runs than its budget has, and neither directive where whole runs are the rule’s', () => {
  const found = findAgain({ replicate: { id: 1, n: 9 }, why: '' }, [baseline, lucky], BASE);
  if (found === null) throw new Error('nobody knows #1');
  const asked: Guidance = {
    directive: { replicate: { id: 1, n: 9 }, fidelity: 0.5, why: '' },
    mechanism: 'm',
    parent: null,
    again: found,
  };
  expect(grant(asked, { looks: true, experiments: 4 })).toMatchObject({ fidelity: 0.5, again: { n: 4 } });
  expect(grant(asked, { looks: true, experiments: Infinity }).again?.n).toBe(9);
  const none = grant(asked, { looks: false, experiments: 4 });
  expect([none.fidelity, none.again]).toEqual([undefined, undefined]);
  expect(none.directive).toEqual(asked.directive);
});

const run = (value: number | null, index: number): Measurement => measured('incumbent', index, 'c1', value);

test('what was seen is said in words: the mean, its standard error, and the runs that have none', () => {
  const three = seenOf([1, 2, 3].map(run), { fidelity: 1, of: 7 });
  expect(three).toMatchObject({ outcome: 'inconclusive', seen: { value: 2, n: 3 } });
  expect(three.reason).toMatch(/^measured #7 again: 2 ± 0\.577\d* over 3 runs$/);
  const some = seenOf([1, null, 3].map(run), { fidelity: 0.5, of: 7 });
  expect(some.reason).toBe('measured #7 again with 0.5 of the budget: 2 ± 1 over 2 runs, 1 without a score');
  expect(seenOf([run(null, 0)], { fidelity: 1, of: 7 })).toEqual({
    seen: { value: null, n: 1, fidelity: 1, of: 7 },
    outcome: 'crash',
    reason: 'measured #7 again: crashed',
  });
  const one = seenOf([run(2, 0)], { fidelity: 0.25, of: null });
  expect(one.reason).toBe("with 0.25 of the budget: 2; it can't be kept for a part of a run");
});
