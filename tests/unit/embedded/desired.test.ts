import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grow, most, servedDevices, serving, writeDesired } from '../../../src/embedded/desired.js';

test('enough devices stay as they are', () => {
  expect(grow([4], 4)).toEqual([4]);
  expect(grow([2, 16], 8)).toEqual([2, 16]);
});

test('too few devices get one worker more that serves them all', () => {
  expect(grow([2], 16)).toEqual([2, 16]);
  expect(most(grow([2], 16))).toBe(16);
});

test('a loop of other classes alone starts no CPU worker; the first one that needs it starts the usual one', () => {
  expect(serving([], 0, 2)).toEqual([]);
  expect(serving([], 1, 2)).toEqual([2]);
  expect(serving([], 8, 2)).toEqual([2, 8]);
  expect(serving([2], 0, 2)).toEqual([2]);
});

test('what runs is told, not what would be started', () => {
  const home = mkdtempSync(join(tmpdir(), 'autolift-desired-'));
  try {
    mkdirSync(join(home, 'run'));
    expect(servedDevices({ home, cpuDevices: 2 })).toBe(2);
    writeDesired(home, { workers: true, devices: [2, 4] });
    expect(servedDevices({ home, cpuDevices: 2 })).toBe(4);
  } finally {
    rmSync(home, { recursive: true });
  }
});
