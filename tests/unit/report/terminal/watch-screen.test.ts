import { expect, test } from 'vitest';
import { displayWidth } from '../../../../src/report/terminal/display-width.js';
import { watchScreen } from '../../../../src/report/terminal/watch-screen.js';
import { loopRecord } from '../../../support/loop-record.js';
import { loopStatus } from '../../../support/loop-status.js';

const { experiments } = loopRecord({ experiments: 60, scenario: 'hostile' });

test('the screen shows standing, curve, budget, verdicts, what runs and what waits for a person', () => {
  const text = watchScreen(loopStatus(), experiments, { columns: 100, rows: 36 }).join('\n');
  expect(text).toContain('tiny-gpt/apr5 · running · 24m 23s · 1.6/min');
  expect(text).toContain('incumbent 2.321400 (#37), gain +3.77 % over the baseline 2.412243, σ 0.0013');
  expect(text).toMatch(/[▁▂▃▄▅▆▇█]{10}/);
  expect(text).toContain('40 of 100, 60 left');
  expect(text).toContain('▶ #41 run on cpu · tie the embeddings');
  expect(text).toContain('autolift approve tiny-gpt/apr5 39');
  expect(text).toContain('hint: try a smaller batch');
});

test.each([
  [100, 36],
  [80, 24],
  [44, 12],
  [20, 5],
  [10, 2],
  [1, 1],
])('the screen keeps inside of %i columns and %i rows', (columns, rows) => {
  const lines = watchScreen(loopStatus(), experiments, { columns, rows });
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
});

test('a refused proposal shows its reason before its idea', () => {
  const row = { experiment: 3, outcome: 'refused' as const, idea: 'x', value: null, reason: 'not editable' };
  const lines = watchScreen(loopStatus(), [row], { columns: 80, rows: 24 });
  expect(lines.join('\n')).toContain('not editable · x');
});

test('a long reason of a pause does not push the rate off the screen', () => {
  const note = 'no proposal: the key is refused, and this goes on for longer than a screen is wide';
  const [title] = watchScreen(loopStatus({ phase: 'paused', note }), [], { columns: 80, rows: 24 });
  expect(title).toMatch(/paused · 24m 23s · 1\.6\/min · no proposal/);
});

test('a loop that is done says what can be done next', () => {
  const lines = watchScreen(loopStatus({ phase: 'done', running: [] }), [], { columns: 80, rows: 20 });
  expect(lines.at(-1)).toBe('autolift report tiny-gpt/apr5');
});
