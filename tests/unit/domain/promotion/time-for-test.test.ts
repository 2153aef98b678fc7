import { expect, test } from 'vitest';
import { openPromotion, stepPromotion } from '../../../../src/domain/acceptance/promotion.js';
import { isTimeForTest } from '../../../../src/domain/promotion/time-for-test.js';
import { OPTIONS } from './world.js';

const ran = { kind: 'ran', value: 10 } as const;
const scouting = [ran, ran, ran].reduce(
  (turn, event) => stepPromotion(turn.state, event),
  openPromotion(OPTIONS, 's'),
);
const branch = stepPromotion(scouting.state, { kind: 'scouted', change: 'a', value: 11 }).state;
const runs = { meanRunSeconds: 10, concurrency: 1, devices: 1 };
const seconds = (wallClock: number) => ({ wallClock, deviceSeconds: Infinity });

test('it is time for the test when clock or devices pay for little more than one', () => {
  expect(isTimeForTest(branch, seconds(60), runs)).toBe(true);
  expect(isTimeForTest(branch, seconds(1000), runs)).toBe(false);
  expect(isTimeForTest(branch, { wallClock: Infinity, deviceSeconds: 60 }, runs)).toBe(true);
  expect(isTimeForTest(branch, seconds(60), { ...runs, concurrency: 8 })).toBe(false);
  const device = { wallClock: Infinity, deviceSeconds: 1000 };
  expect(isTimeForTest(branch, device, runs)).toBe(false);
  expect(isTimeForTest(branch, device, { ...runs, devices: 8 })).toBe(true);
  expect(isTimeForTest(branch, { wallClock: Infinity, deviceSeconds: Infinity }, runs)).toBe(false);
});

test('an empty branch needs none, and without a run nobody knows how long one takes', () => {
  expect(isTimeForTest(scouting.state, seconds(1), runs)).toBe(false);
  expect(isTimeForTest(branch, seconds(1), { ...runs, meanRunSeconds: null })).toBe(false);
});
