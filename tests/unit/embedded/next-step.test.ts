import { expect, test } from 'vitest';
import { BACKOFF_MS, nextStep, type Sight } from '../../../src/embedded/next-step.js';

const WELL: Sight = { alive: true, answers: true, current: true, silentFor: 0, since: 5000, failures: 0 };

test('a process that lives and answers is left alone', () => {
  expect(nextStep(WELL)).toBe('well');
});

test('a dead one that had been well is started at once', () => {
  expect(nextStep({ ...WELL, alive: false, answers: false, since: 0 })).toBe('start');
});

test('one that keeps dying is started ever more slowly, and never given up', () => {
  const dead = { ...WELL, alive: false, answers: false };
  BACKOFF_MS.forEach((pause, failures) => {
    expect(nextStep({ ...dead, failures, since: pause })).toBe('start');
    if (pause > 0) expect(nextStep({ ...dead, failures, since: pause - 1 })).toBe('wait');
  });
  expect(nextStep({ ...dead, failures: 1000, since: 30_000 })).toBe('start');
});

test('one that lives in silence is waited for, then killed', () => {
  const silent = { ...WELL, answers: false };
  expect(nextStep({ ...silent, silentFor: 59_999 })).toBe('wait');
  expect(nextStep({ ...silent, silentFor: 60_000 })).toBe('kill');
});

test('one of an older build is replaced, well or not', () => {
  expect(nextStep({ ...WELL, current: false })).toBe('replace');
  expect(nextStep({ ...WELL, current: false, answers: false })).toBe('replace');
});
