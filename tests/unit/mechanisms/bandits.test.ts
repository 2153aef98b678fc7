import { expect, test } from 'vitest';
import { load } from '../../support/mechanism-library.js';
import { ask, contextOf, STUCK, trial } from '../../support/stuck-loop.js';

test('UCB1 tries what was never tried, operators before moves where there are several', async () => {
  expect((await ask('ucb1')).move).toEqual([{ knob: 'a', step: -1 }]);
  expect((await ask('ucb1', contextOf({ operators: ['model', 'mutate'] }))).operator).toBe('mutate');
});

test('UCB1 goes on with the operator that is kept', async () => {
  const kept = (id: number) => trial(id, 'a', { status: 'keep', operator: 'mutate' });
  const trials = [...STUCK, ...[13, 14, 15, 16, 17, 18].map(kept)];
  expect((await ask('ucb1', contextOf({ trials, operators: ['model', 'mutate'] }))).operator).toBe('mutate');
});

test('Thompson sampling comes to prefer the operator that is kept', async () => {
  const trials = [
    ...STUCK.flatMap((one) => [one, one, one]),
    ...Array.from({ length: 20 }, (_, i) => trial(50 + i, 'a', { status: 'keep', operator: 'mutate' })),
  ];
  const chosen = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      ask('thompson', contextOf({ trials, operators: ['model', 'mutate'], rnd: [i * 7919] })),
    ),
  );
  expect(chosen.filter(({ operator }) => operator === 'mutate').length).toBeGreaterThan(17);
});

test('with one operator Thompson sampling comes to prefer the move that is kept, and which way it goes', async () => {
  const moves = [{ knob: 'a', step: 1 }];
  const trials = [
    ...Array.from({ length: 20 }, (_, i) => trial(50 + i, 'a+1', { status: 'keep', moves })),
    ...Array.from({ length: 20 }, (_, i) => trial(80 + i, 'a-1', { moves: [{ knob: 'a', step: -1 }] })),
    ...STUCK,
  ];
  const chosen = await Promise.all(
    Array.from({ length: 20 }, (_, i) => ask('thompson', contextOf({ trials, rnd: [i * 7919] }))),
  );
  const ways = chosen.flatMap(({ move = [] }) => move).filter(({ knob }) => knob === 'a');
  expect(ways.length).toBeGreaterThan(0);
  expect(ways).toEqual(ways.map(() => moves[0]));
});

test('halving looks at eight on a quarter, makes four of them again on a half, and two as whole runs', async () => {
  const mechanism = await load('halving');
  let state = mechanism.init(contextOf());
  const asked = Array.from({ length: 15 }, (_, i) => {
    const [directive, next] = mechanism.propose(contextOf(), state);
    const fidelity = directive.fidelity ?? 1;
    const moves = directive.move ?? [{ knob: 'a', to: i / 16 }];
    const [first] = moves;
    const to = first !== undefined && 'to' in first ? first.to : null;
    const one = trial(i, 'a', {
      moves,
      key: `a=${String(to)}`,
      fidelity,
      scores: { mean: Number(to), se: 0, n: 1 },
    });
    state = mechanism.observe(one, next);
    return [fidelity, directive.move === undefined ? null : Number(to) * 16];
  });
  expect(asked.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => [0.25, null]));
  expect(asked.slice(8, 12)).toEqual([7, 6, 5, 4].map((best) => [0.5, best]));
  expect(asked.slice(12, 14)).toEqual([7, 6].map((best) => [1, best]));
  expect(asked[14]).toEqual([0.25, null]);
});

test('halving asks for nothing again where a first look took a whole run', async () => {
  const mechanism = await load('halving');
  let state = mechanism.init(contextOf());
  for (let i = 0; i < 20; i++) {
    const [directive, next] = mechanism.propose(contextOf(), state);
    expect(directive.move).toBeUndefined();
    state = mechanism.observe(trial(i, 'a', { fidelity: 1 }), next);
  }
});
