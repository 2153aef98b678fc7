import { expect, test } from 'vitest';
import type { Ready } from '../../../../src/contract/proposal.js';
import type { SteeredBy } from '../../../../src/contract/steering.js';
import { type TakenIn, twinOf, withoutRow } from '../../../../src/domain/proposal/twin.js';

const steered = (extra: Partial<SteeredBy>): SteeredBy => ({
  directive: null,
  mechanism: 'toy',
  parent: null,
  moves: [],
  settings: {},
  compliance: null,
  ...extra,
});

const candidate = (experiment: number, tree: string, steering?: SteeredBy): TakenIn => ({
  experiment,
  tree,
  ...(steering === undefined ? {} : { steering }),
});

test('the same files under another number are a twin, whichever number is lower', () => {
  const takenIn = [candidate(3, 'x'), candidate(7, 'y')];
  expect(twinOf(candidate(4, 'x'), takenIn)).toBe(3);
  expect(twinOf(candidate(6, 'y'), takenIn)).toBe(7);
  expect(twinOf(candidate(8, 'z'), takenIn)).toBeNull();
});

test('a candidate is no twin of its own', () => {
  expect(twinOf(candidate(3, 'x'), [candidate(3, 'x')])).toBeNull();
});

test('what gets less of a run is no reason to refuse a longer one, and the other way round it is', () => {
  const look = candidate(3, 'x', steered({ fidelity: 0.3 }));
  expect(twinOf(candidate(4, 'x', steered({})), [look])).toBeNull();
  expect(twinOf(look, [candidate(4, 'x')])).toBe(4);
  expect(twinOf(candidate(5, 'x', steered({ fidelity: 0.3 })), [look])).toBe(3);
});

test('a known trial that is measured again is meant to have the same files', () => {
  const again = {
    id: 3,
    n: 2,
    idea: '',
    commit: 'c',
    tree: 'x',
    base: 'b',
    parent: null,
    moves: [],
    settings: {},
    judged: false,
  };
  expect(twinOf(candidate(4, 'x', steered({ again })), [candidate(3, 'x')])).toBeNull();
  expect(twinOf(candidate(4, 'x', steered({ again: { ...again, judged: true } })), [candidate(3, 'x')])).toBe(
    null,
  );
});

test('a run of the workflow begins with all that has no row: what waits, what a person is to approve, and arms', () => {
  const ready = (experiment: number): Ready => ({
    experiment,
    proposer: 'mutate',
    idea: '',
    usage: { model: null, calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, dollars: 0 },
    status: 'ready',
    commit: `c${String(experiment)}`,
    tree: `t${String(experiment)}`,
    base: 'b',
    baseKind: 'current',
  });
  const found = withoutRow({
    waiting: [ready(4)],
    awaiting: [{ prepared: ready(2), measurements: [], against: 0, reason: '' }],
    contests: { nextSeed: 1, held: 0, current: { machine: {} as never, arms: [ready(3)], records: [] } },
  });
  expect(found.map(({ experiment }) => experiment)).toEqual([4, 2, 3]);
  expect(withoutRow({ waiting: [], awaiting: [] })).toEqual([]);
});
