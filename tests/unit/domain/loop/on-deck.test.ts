import { expect, test } from 'vitest';
import { nextMean, onDeck } from '../../../../src/domain/loop/on-deck.js';

test('only short runs are dispatched before a device is free', () => {
  const at = (concurrency: number, meanRunSeconds: number | null): number =>
    onDeck({ concurrency, meanRunSeconds, draining: false, ahead: undefined });
  expect(at(4, null)).toBe(0);
  expect(at(4, 300)).toBe(0);
  expect(at(1, 0.5)).toBe(1);
  expect(at(16, 1)).toBe(4);
});

test('before a loop continues as new no run waits for another to end', () => {
  expect(onDeck({ concurrency: 16, meanRunSeconds: 1, draining: true, ahead: undefined })).toBe(0);
});

test('where nothing is to be proposed ahead no run waits for a device either', () => {
  const pace = { concurrency: 16, meanRunSeconds: 1, draining: false };
  expect(onDeck({ ...pace, ahead: 0 })).toBe(0);
  expect(onDeck({ ...pace, ahead: 1 })).toBe(4);
});

test('the mean follows the recent runs', () => {
  let mean = nextMean(null, 10);
  expect(mean).toBe(10);
  for (let i = 0; i < 100; i++) mean = nextMean(mean, 1);
  expect(mean).toBeCloseTo(1, 2);
});
