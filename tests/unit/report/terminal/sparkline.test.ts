import { expect, test } from 'vitest';
import { sparkline } from '../../../../src/report/terminal/sparkline.js';

test('the curve climbs as the score gets better, whatever the direction', () => {
  const size = { columns: 8, height: 1 };
  expect(sparkline([4, 3, 2, 1], 'minimize', size)).toEqual(['▁▃▆█']);
  expect(sparkline([1, 2, 3, 4], 'maximize', size)).toEqual(['▁▃▆█']);
});

test('a worse or missing value leaves the best where it was', () => {
  expect(sparkline([4, null, 9, 1], 'minimize', { columns: 8, height: 1 })).toEqual(['▁▁▁█']);
});

test('one value makes no curve', () => {
  expect(sparkline([4], 'minimize', { columns: 8, height: 1 })).toEqual([]);
});

test('many values are sampled into the columns, with first and last kept', () => {
  const values = Array.from({ length: 1000 }, (_, index) => 1000 - index);
  const [top, bottom] = sparkline(values, 'minimize', { columns: 20, height: 2 });
  expect(bottom).toHaveLength(20);
  expect(top?.endsWith('█')).toBe(true);
  expect(bottom?.startsWith('▁')).toBe(true);
});
