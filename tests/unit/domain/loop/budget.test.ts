import { expect, test } from 'vitest';
import { budgetLeft, elapsedSeconds, NOTHING_RESERVED } from '../../../../src/domain/loop/budget.js';
import { openState } from '../../../../src/domain/loop/open-state.js';
import { foldIncumbent } from '../../../../src/domain/loop/fold-incumbent.js';
import { readBaseline } from '../../../../src/domain/loop/read-baseline.js';
import { stopReason } from '../../../../src/domain/loop/stop-reason.js';
import type { Measurement } from '../../../../src/contract/measurement.js';
import { taskWith } from '../../../support/loop-input.js';
import { measured } from '../../../support/recorded-loop.js';

const state = openState({ experiments: 10, wallClock: 60, dollars: 2, deviceHours: 1 }, 1000);

test('what is reserved is no longer left', () => {
  const reserved = { ...NOTHING_RESERVED, experiments: 4, dollars: 0.5 };
  expect(budgetLeft(state, reserved, 1000)).toMatchObject({ experiments: 6, dollars: 1.5, tokens: Infinity });
});

test('pauses are not counted in the wall clock', () => {
  expect(elapsedSeconds({ ...state, pausedMs: 5000 }, 31_000)).toBe(25);
});

test('each limit has its own reason to stop', () => {
  const task = taskWith();
  expect(stopReason(state, task, 2000)).toBeNull();
  const spent = (extra: Partial<typeof state.spent>) => ({ ...state, spent: { ...state.spent, ...extra } });
  expect(stopReason(spent({ experiments: 10 }), task, 2000)).toContain('10 experiments');
  expect(stopReason(spent({ dollars: 2 }), task, 2000)).toContain('$2');
  expect(stopReason(spent({ deviceSeconds: 3595 }), task, 2000)).toContain('1 device hour');
  expect(stopReason(state, task, 62_000)).toContain('wall clock');
});

const at = (value: number | null, commit = 'a'): Measurement => ({
  ...measured('incumbent', 0, commit, value),
  ...(value === null && { status: 'timeout', detail: 'killed after 20s' }),
});

test('fresh measurements of the incumbent are folded into its standing, those of others are not', () => {
  const incumbent = { experiment: 3, commit: 'a', branchCommit: 'a', value: 4, n: 1 };
  expect(foldIncumbent(incumbent, [at(6), at(null), at(99, 'b')])).toMatchObject({ value: 5, n: 2 });
});

test('a baseline is the mean of its repeats that gave a score: a crash at first or in half of them makes it none', () => {
  expect(readBaseline([at(1), at(3)])).toMatchObject({
    ok: true,
    value: 2,
    noise: { sigma: Math.SQRT2, n: 2 },
  });
  expect(readBaseline([at(1), at(null), at(3)])).toMatchObject({
    ok: true,
    value: 2,
    n: 2,
    crashes: 1,
    reason: '2 over 2 runs, sigma 1.4; 1 crash in 3 runs: a crash rate up to 86 % is not excluded at 95 %',
  });
  expect(readBaseline([at(null), at(1), at(3)])).toMatchObject({
    ok: false,
    reason: 'the unchanged artifact ended as timeout: killed after 20s',
  });
  expect(readBaseline([at(1), at(null)])).toMatchObject({
    ok: false,
    reason: expect.stringMatching(
      /^the unchanged artifact crashed in 1 of 2 runs; .*\(timeout: killed after 20s\)$/,
    ) as string,
  });
  expect(readBaseline([at(1), at(3), at(null), at(5)], false)).toMatchObject({
    ok: false,
    reason: 'the unchanged artifact ended as timeout: killed after 20s',
  });
});
