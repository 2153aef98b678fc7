import { expect, test } from 'vitest';
import type { Directive, MechanismContext } from '../../../src/contract/mechanism.js';
import { LIBRARY, load } from '../../support/mechanism-library.js';
import { ask, contextOf, elite, STUCK, trial } from '../../support/stuck-loop.js';

test('the identity asks for nothing', async () => {
  expect(await ask('identity')).toEqual({ why: 'the loop does as it would' });
});

test('tabu forbids the last eight failures, each once', async () => {
  expect((await ask('tabu')).forbid).toEqual([{ key: 'a+' }, { key: 'b+' }, { key: 'c+' }, { key: 'b-' }]);
});

test('novelty forbids all that was tried since the last keep, and says so', async () => {
  const trials = [trial(1, 'c', { status: 'keep' }), ...STUCK.slice(0, 2)];
  const { forbid, hint } = await ask('novelty', contextOf({ trials }));
  expect(forbid).toEqual([{ key: 'a+' }, { key: 'b+' }]);
  expect(hint).toContain('a+, b+');
});

test('sign flip turns the step around that has just failed, but not twice', async () => {
  const trials = STUCK.slice(0, 1);
  expect((await ask('sign-flip', contextOf({ trials }))).move).toEqual([{ knob: 'a', step: -1 }]);
  const both = [trial(1, 'a', { step: -1 }), ...trials];
  expect((await ask('sign-flip', contextOf({ trials: both }))).move).toBeUndefined();
});

test('line search doubles a step that was kept and halves one that failed', async () => {
  const kept = trial(1, 'a', { status: 'keep', dy: 0.1 });
  expect((await ask('line-search', contextOf({ trials: [kept] }))).move).toEqual([{ knob: 'a', step: 2 }]);
  const failed = trial(2, 'a', { step: 2 });
  const after = await ask('line-search', contextOf({ trials: [kept, failed] }));
  expect(after.move).toEqual([{ knob: 'a', step: 1 }]);
  expect((await ask('line-search')).move).toBeUndefined();
});

test('the sweep makes the first step that nobody has tried, then the one tried longest ago', async () => {
  expect((await ask('sweep')).move).toEqual([{ knob: 'a', step: -1 }]);
  const all = ['b', 'a', 'c'].flatMap((id, i) => [trial(2 * i, id), trial(2 * i + 1, id, { step: -1 })]);
  expect((await ask('sweep', contextOf({ trials: all }))).move).toEqual([{ knob: 'b', step: 1 }]);
});

test('annealing cools down to nothing', async () => {
  expect((await ask('annealing')).acceptTemp).toBeCloseTo(0.02);
  expect((await ask('annealing', contextOf({ t: 24 }))).acceptTemp).toBe(0);
});

test('pairs combines the two narrowest misses', async () => {
  expect((await ask('pairs')).move).toEqual([
    { knob: 'c', step: 1 },
    { knob: 'b', step: -1 },
  ]);
});

test('the orthogonal array finds what each knob is worth from four rows, and moves them together', async () => {
  const mechanism = await load('orthogonal-array');
  let state = mechanism.init(contextOf());
  let directive: Directive | undefined;
  for (let row = 0; row < 5; row++) {
    [directive, state] = mechanism.propose(contextOf(), state);
    const { move = [] } = directive;
    const steps = Object.fromEntries(move.map((one) => [one.knob, 'step' in one ? one.step : 0]));
    const dy = 0.3 * (steps['a'] ?? 0) - 0.2 * (steps['b'] ?? 0);
    const key = move.map(({ knob }) => `${knob}${(steps[knob] ?? 0) > 0 ? '+' : '-'}`).sort();
    state = mechanism.observe({ ...trial(row, 'a'), moves: move, key: key.join(' '), dy }, state);
  }
  expect(directive?.move).toEqual([
    { knob: 'a', step: 1 },
    { knob: 'b', step: -1 },
  ]);
});

const ELITES = [
  elite(0, { mean: 0.1, perTask: [0.1, 0.1] }),
  elite(5, { mean: 0.4, perTask: [0.8, 0], config: { a: 6, b: 3, c: 3 } }),
  elite(6, { mean: 0.5, perTask: [0.3, 0.7], config: { a: 3, b: 3, c: 1 } }),
];
const climbed = (of: Partial<MechanismContext> = {}): MechanismContext =>
  contextOf({ elites: ELITES, incumbent: { ...contextOf().incumbent, id: 6 }, ...of });

test('a restart goes back to the start and avoids the way that it went first', async () => {
  const { parent, forbid } = await ask('restarts', climbed());
  expect(parent).toBe(0);
  expect(forbid).toContainEqual({ key: 'a+' });
  expect((await ask('restarts', climbed({ trials: STUCK.slice(0, 4) }))).parent).toBeUndefined();
});

test('islands take turns once a search is stuck', async () => {
  const mechanism = await load('islands');
  let state = mechanism.init(climbed());
  const parents = Array.from({ length: 3 }, () => {
    const [directive, next] = mechanism.propose(climbed(), state);
    state = next;
    return directive.parent;
  });
  expect(new Set(parents)).toEqual(new Set([0, 5, 6]));
});

test('MAP-Elites draws its parent from the cells of the archive', async () => {
  const drawn = await Promise.all(
    [0, 0.4, 0.9].map((share) => ask('map-elites', climbed({ rnd: [0, share * 2 ** 32] }))),
  );
  expect(new Set(drawn.map(({ parent }) => parent))).toEqual(new Set([6, 5]));
});

test('Pareto parents are best on some instance, and lineages are merged', async () => {
  const half = 2 ** 31;
  const drawn = await Promise.all(
    [0, 0.9].map((a) => ask('pareto', climbed({ rnd: [a * 2 ** 32, 0, 2 ** 32 - 1] }))),
  );
  expect(drawn.map(({ parent }) => parent)).toEqual([5, 6]);
  const { parent, move } = await ask('pareto', climbed({ rnd: [0, half + half / 2, 0] }));
  expect(parent).toBe(5);
  expect(move).toEqual([{ knob: 'c', to: 1 }]);
});

test('TPE goes where the good trials were', async () => {
  const trials = Array.from({ length: 24 }, (_, i) => {
    const step = (i % 6) - 2;
    const good = step === 2;
    return trial(i, 'a', { step: step || 3, scores: { mean: good ? 0.9 : 0.1, se: 0, n: 1 } });
  });
  const moves = await Promise.all(
    Array.from({ length: 12 }, (_, i) => ask('tpe', contextOf({ trials, rnd: [i * 104_729] }))),
  );
  const toFive = moves.filter(({ move = [] }) =>
    move.some((one) => one.knob === 'a' && 'to' in one && one.to === 5),
  );
  expect(toFive.length).toBeGreaterThan(8);
});

test('every file of the library has its line here', () => {
  expect(LIBRARY).toHaveLength(17);
});
