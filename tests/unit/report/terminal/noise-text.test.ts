import { expect, test } from 'vitest';
import { noiseReport } from '../../../../src/domain/noise/noise-report.js';
import { noiseText } from '../../../../src/report/terminal/noise-text.js';
import { noiseRuns } from '../../../support/noise-runs.js';
import { taskWith } from '../../../support/loop-input.js';
import { normals } from '../../../support/normals.js';

const textOf = (pairs: Parameters<typeof noiseRuns>[0], task = taskWith()): string =>
  noiseText(noiseReport(task, { runs: noiseRuns(pairs), clones: [] }, { selfTest: true }));

const draws = normals(5);
const noisy = Array.from({ length: 10 }, (): [number, number] => [10 + draws(), 10 + draws()]);

test('a noisy task is told its noise, the rule to take, the gain that its budget sees and what strict would keep', () => {
  const text = textOf(noisy, taskWith({ budget: { experiments: 20, wallClock: 600 } }));
  expect(text).toMatch(
    /One run scatters by σ = [\d.]+ \([\d.]+ % of the score\) around [\d.]+; 20 runs on 10 seeds\./,
  );
  expect(text).toContain('Shared seeds do not help measurably');
  expect(text).toContain('No drift is seen');
  expect(text).toContain('acceptance: { rule: branch+promote, repeats: 10, evidence: z }');
  expect(text).toMatch(
    /Smallest gain that the budget can see: [\d.]+ .* with 40 pairs for each of 1 promotion test\./,
  );
  expect(text).toContain('It keeps more than it may');
  expect(text).toContain('With the recommended acceptance:');
});

test('seeds that help are said to help, and how far that can be believed', () => {
  const shared = Array.from({ length: 10 }, (): [number, number] => {
    const of = 10 + draws();
    return [of + 0.01 * draws(), of + 0.01 * draws()];
  });
  expect(textOf(shared)).toContain('this is the most that pairing can save');
});

test('a budget that pays for no pair is told so', () => {
  const text = textOf(noisy, taskWith({ budget: { experiments: 100, wallClock: 60 } }));
  expect(text).toContain('The budget pays for 30 runs: not one pair for each of 5 promotion tests.');
});
