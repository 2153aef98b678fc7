import { expect, test } from 'vitest';
import { metric, openExample } from './example.js';

test('sine: the baseline is scored, and far from the best cubic', async () => {
  const example = await openExample('sine');
  expect((await example.run('train.py')).code).toBe(0);
  const { stdout } = await example.evaluate();
  expect(metric(stdout, 'mse')).toBeGreaterThan(0.1);
  expect((await example.evaluate()).stdout).toBe(stdout);
});

test('sine: the least-squares cubic scores the optimum that the README states', async () => {
  const example = await openExample('sine');
  const coefficients = [0, 0.8567409641547455, 0, -0.09333041764708888];
  await example.write('model.json', JSON.stringify({ coefficients }));
  expect(metric((await example.evaluate()).stdout, 'mse')).toBeCloseTo(0.00440857348, 9);
});

test.each([
  ['three numbers', '{"coefficients": [1, 2, 3]}'],
  ['NaN', '{"coefficients": [0, NaN, 0, 0]}'],
  ['infinity', '{"coefficients": [0, 1e999, 0, 0]}'],
  ['a huge integer', `{"coefficients": [0, 1${'0'.repeat(400)}, 0, 0]}`],
  ['a boolean', '{"coefficients": [0, true, 0, 0]}'],
  ['a list', '[0, 1, 0, 0]'],
  ['no JSON', 'METRIC:mse=0'],
])('sine: a model of %s has no score', async (_, content) => {
  const example = await openExample('sine');
  await example.write('model.json', content);
  const { code, stdout, stderr } = await example.evaluate();
  expect(code).toBe(1);
  expect(stdout).not.toContain('METRIC');
  expect(stderr).not.toContain('Traceback');
});
