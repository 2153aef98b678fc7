import { expect, test } from 'vitest';
import type { NoiseResult } from '../../../../src/contract/noise.js';
import { noiseReport } from '../../../../src/domain/noise/noise-report.js';
import { noiseText } from '../../../../src/report/terminal/noise-text.js';
import { taskWith } from '../../../support/loop-input.js';
import { noiseRuns } from '../../../support/noise-runs.js';
import { normals } from '../../../support/normals.js';

/** Twenty runs on ten seeds, of which the last so many crashed. */
const study = (crashes: number): NoiseResult => {
  const draw = normals('study', crashes);
  const values = Array.from({ length: 20 }, (_, n) => (n >= 20 - crashes ? null : 5 + draw()));
  const pairs = Array.from(
    { length: 10 },
    (_, seed) => [values[2 * seed] ?? null, values[2 * seed + 1] ?? null] as const,
  );
  return { runs: noiseRuns(pairs), clones: [] };
};

const task = taskWith({ acceptance: { rule: 'sprt' } });
const read = (crashes: number) => noiseReport(task, study(crashes), { selfTest: true });

test('what is recommended on an artifact that crashes every fifth time is said to start four loops of five', () => {
  const report = read(4);
  expect(report.starts).toMatchObject({ crashing: 0.2, refusal: null });
  expect(report.starts.share.recommended).toBeCloseTo(0.8, 2);
  expect(report.selfTest?.simulated.clones).toBe(2000);
  expect(noiseText(report)).toContain('Loops start from it 80 % of the time: the first run must go well');
  expect(noiseText(read(0))).not.toContain('Loops start');
});

test('where half of the runs crash nothing is recommended, and the self-test refuses in the words of the loop', () => {
  const report = read(10);
  expect(report.selfTest?.holds).toBe(false);
  const words =
    'the unchanged artifact crashed in 10 of 20 runs; where that is half of them or more no loop starts';
  expect(report.starts).toMatchObject({ share: { asked: 0, recommended: 0 } });
  expect(report.selfTest?.refusal).toContain(words);
  expect(noiseText(report)).toContain(`Self-test: no loop starts. ${words}`);
  expect(noiseText(report)).not.toContain('acceptance: {');
});

test('the self-test counts crashes: copies that crash are kept less often than copies that do not', () => {
  const strict = taskWith({ acceptance: { rule: 'strict' } });
  const rate = (crashes: number) =>
    noiseReport(strict, study(crashes), { selfTest: true }).selfTest?.simulated.rate ?? 0;
  expect(rate(0)).toBeGreaterThan(0.42);
  expect(rate(8)).toBeLessThan(0.36);
});
