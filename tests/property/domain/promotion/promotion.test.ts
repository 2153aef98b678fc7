import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPTIONS, play } from '../../../unit/domain/promotion/world.js';

const options = fc.record({
  every: fc.integer({ min: 1, max: 12 }),
  nmax: fc.integer({ min: 2, max: 30 }),
  repeats: fc.integer({ min: 1, max: 5 }),
  margin: fc.constantFrom(0, 0.5, 1),
  share: fc.boolean(),
  pairedScouts: fc.boolean(),
  evidence: fc.constantFrom('z', 'mz', 't', 'bet', 'sign'),
});

test('a clone of the incumbent never promotes where there is no noise to mistake for a gain', () => {
  fc.assert(
    fc.property(options, (extra) => {
      const game = play({ ...OPTIONS, ...extra }, { effects: () => 0, noise: 0, turns: 200 });
      expect(game.promoted).toEqual([]);
    }),
  );
});

test('no promotion test or standing ever meets a seed twice', () => {
  fc.assert(
    fc.property(options, fc.nat(), (extra, seed) => {
      const game = play(
        { ...OPTIONS, ...extra },
        { effects: (id) => (id % 4) - 1, noise: 0.7, turns: 300, seed },
      );
      const fresh = game.turns.flatMap(({ wanted }) =>
        wanted.kind === 'pair' || wanted.kind === 'run' ? [wanted.seed] : [],
      );
      expect(new Set(fresh).size).toBe(fresh.length);
      const scouted = game.turns.flatMap(({ wanted, state }) =>
        wanted.kind === 'scout' && !state.options.pairedScouts ? [wanted.seed] : [],
      );
      expect(new Set([...fresh, ...scouted]).size).toBe(fresh.length + scouted.length);
    }),
    { numRuns: 40 },
  );
});

test('the state is JSON: what was written and read again goes on in the same way', () => {
  fc.assert(
    fc.property(options, fc.nat(), (extra, seed) => {
      const game = play(
        { ...OPTIONS, ...extra },
        { effects: (id) => (id % 3) - 1, noise: 0.7, turns: 200, seed },
      );
      for (const { state } of game.turns) expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    }),
    { numRuns: 30 },
  );
});

test('of loops whose proposals are all worthless few promote anything, far fewer than greed would keep', () => {
  let [promotions, tests] = [0, 0];
  for (let seed = 0; seed < 150; seed++) {
    const game = play(
      { ...OPTIONS, noise: { ...OPTIONS.noise, sd: Math.SQRT2 } },
      { effects: () => 0, noise: 1, turns: 200, seed },
    );
    promotions += game.promoted.length;
    tests += game.state.levels.tests;
  }
  expect(tests).toBeGreaterThan(1000);
  expect(promotions / tests).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt(0.05 / tests));
});

test('true gains are promoted', () => {
  const game = play(OPTIONS, { effects: (id) => (id % 2 === 0 ? 2 : -2), noise: 0.7, turns: 400 });
  expect(game.worth).toBeGreaterThan(20);
});
