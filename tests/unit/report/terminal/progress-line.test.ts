import { expect, test } from 'vitest';
import { progressLine } from '../../../../src/report/terminal/progress-line.js';
import { displayWidth } from '../../../../src/report/terminal/display-width.js';
import { loopStatus } from '../../../support/loop-status.js';

const row = {
  experiment: 12,
  outcome: 'keep' as const,
  idea: 'drop the bias',
  value: 2.31,
  reason: 'better',
};

test('a line tells number, outcome, score, gain, best, rate, what is left and the idea', () => {
  const line = progressLine({ ...row, incumbentValue: 2.33 }, loopStatus(), { columns: 120 });
  expect(line).toBe(
    '   #12 ✓ keep           2.310000   +0.86 %  kept 2.321400   1.6/min   60 left       drop the bias',
  );
});

test.each([80, 100])(
  'rate and what is left have their place at %i columns, with any kind of budget',
  (columns) => {
    const line = progressLine(row, loopStatus(), { columns });
    expect(line).toMatch(/kept 2\.321400\s+1\.6\/min\s+60 left\s+drop the/);
    const clock = loopStatus({ budget: { wallClock: 2000 }, incumbent: null });
    expect(progressLine({ ...row, experiment: 1234, best: -1.2345e-7 }, clock, { columns })).toMatch(
      /1\.6\/min\s+8m 57s left/,
    );
  },
);

test('a discard is compared with the incumbent of now when its own is not known', () => {
  const line = progressLine({ ...row, outcome: 'discard', value: 2.4 }, loopStatus());
  expect(line).toContain('−3.39 %');
});

test('a line shows the best of its own time, not of when it is printed', () => {
  expect(progressLine({ ...row, best: 2.31 }, loopStatus())).toContain('kept 2.310000');
});

test('a crash has no score and no gain', () => {
  expect(progressLine({ ...row, outcome: 'crash', value: null }, loopStatus())).toMatch(
    /#12 ✗ crash +– +kept/,
  );
});

test('escape sequences and line feeds of an idea never reach the terminal', () => {
  const line = progressLine({ ...row, idea: '\u001b[2Jx\u001b]0;title\u0007\r\ny\u202e' }, loopStatus());
  expect(line.endsWith('x y')).toBe(true);
});

test.each([20, 40, 60, 80, 120, 200])('a line fits into %i columns', (columns) => {
  const line = progressLine({ ...row, idea: '漢字 🧪 '.repeat(60) }, loopStatus(), { columns });
  expect(displayWidth(line)).toBeLessThanOrEqual(columns);
});

test('colours are added only when asked for', () => {
  expect(progressLine(row, loopStatus())).not.toContain('\u001b');
  expect(progressLine(row, loopStatus(), { colour: true })).toContain('\u001b[32m✓ keep');
});
