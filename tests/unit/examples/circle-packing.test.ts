import { expect, test } from 'vitest';
import { metric, openExample } from './example.js';

type Circle = [number, number, number];

const dots = (count: number): Circle[] =>
  Array.from({ length: count }, (_, i): Circle => [(i + 1) / 32, 1 / 32, 0]);

const score = async (circles: unknown) => {
  const example = await openExample('circle-packing');
  await example.write('circles.json', typeof circles === 'string' ? circles : JSON.stringify(circles));
  return example.evaluate();
};

test('circle-packing: the baseline is exactly feasible, and has room to grow', async () => {
  const example = await openExample('circle-packing');
  expect((await example.run('pack.py')).code).toBe(0);
  const sum = metric((await example.evaluate()).stdout, 'sum_of_radii');
  expect(sum).toBeGreaterThan(2);
  expect(sum).toBeLessThan(2.4);
});

test('circle-packing: circles that touch each other and the border are a packing', async () => {
  const { stdout } = await score([[0.25, 0.75, 0.25], [0.75, 0.75, 0.25], ...dots(24)]);
  expect(metric(stdout, 'sum_of_radii')).toBe(0.5);
});

test.each([
  ['overlaps by one unit in the last place', [0.25, 0.75, 0.25], [0.75, 0.75, 0.25 + 2 ** -54]],
  ['sticks out by one unit in the last place', [0.25 - 2 ** -54, 0.75, 0.25], [0.75, 0.75, 0.2]],
  ['has a negative radius', [0.25, 0.75, 0.25], [0.75, 0.75, -0.1]],
])('circle-packing: a circle that %s spoils the packing', async (_, first, second) => {
  const { code, stdout, stderr } = await score([first, second, ...dots(24)]);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('not a packing');
});

test.each([
  ['25 circles', dots(25)],
  ['a NaN', JSON.stringify(dots(26)).replace('0.03125', 'NaN')],
  ['an infinity', JSON.stringify(dots(26)).replace('0.03125', '1e999')],
  ['a text for a number', [['0.5', 0.5, 0.1], ...dots(25)]],
  ['brackets without end', '['.repeat(90_000)],
])('circle-packing: %s is no packing', async (_, circles) => {
  const { code, stdout, stderr } = await score(circles);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).not.toContain('Traceback');
});
