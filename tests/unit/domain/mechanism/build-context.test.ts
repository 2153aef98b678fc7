import { expect, test } from 'vitest';
import { buildContext, roundScore } from '../../../../src/domain/mechanism/build-context.js';
import { LIMITS } from '../../../../src/domain/mechanism/limits.js';
import { MECHANISM_LIMITS } from '../../../../src/contract/mechanism.js';
import { contextOf, trialOf } from '../../../support/mechanism-context.js';

const known = (n: number) => ({
  ...contextOf({ trials: Array.from({ length: n }, (_, id) => trialOf({ id })), t: n }),
  seed: 7,
});

test('the limits are those of the contract', () => {
  expect(LIMITS).toEqual(MECHANISM_LIMITS);
});

test('no more than the last 200 trials and 64 elites are told', () => {
  const elites = Array.from({ length: 100 }, (_, id) => ({ id, config: null, mean: id }));
  const { trials, elites: told } = buildContext({ ...known(250), elites });
  expect(trials).toHaveLength(200);
  expect(trials.at(-1)?.id).toBe(249);
  expect(told.map(({ id }) => id)).toEqual(Array.from({ length: 64 }, (_, i) => i + 36));
});

test('scores are told to half the noise', () => {
  expect(roundScore(0.4512345, 0.02)).toBe(0.45);
  expect(roundScore(0.4512345, 0)).toBe(0.4512345);
  const trials = [trialOf({ scores: { mean: 0.123456, se: 0.02, n: 1, perTask: [0.1111] }, dy: 0.0333 })];
  const [trial] = buildContext({ ...known(1), trials }).trials;
  expect(trial?.scores).toEqual({ mean: 0.12, se: 0.02, n: 1, perTask: [0.11] });
  expect(trial?.dy).toBe(0.03);
});

test('the random numbers are fixed by seed and place, and whole', () => {
  const { rnd } = buildContext(known(3));
  expect(rnd).toHaveLength(64);
  expect(rnd.every((one) => Number.isInteger(one) && one >= 0 && one < 2 ** 32)).toBe(true);
  expect(buildContext(known(3)).rnd).toEqual(rnd);
  expect(buildContext(known(4)).rnd).not.toEqual(rnd);
  expect(buildContext({ ...known(3), seed: 8 }).rnd).not.toEqual(rnd);
});
