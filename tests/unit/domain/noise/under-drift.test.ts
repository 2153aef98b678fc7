import { describe, expect, test } from 'vitest';
import type { NoiseResult } from '../../../../src/contract/noise.js';
import type { Acceptance } from '../../../../src/contract/task-schema.js';
import { aaTest } from '../../../../src/domain/noise/aa-test.js';
import { baselineDrift } from '../../../../src/domain/noise/baseline-drift.js';
import { noiseReport } from '../../../../src/domain/noise/noise-report.js';
import { selfTest } from '../../../../src/domain/noise/self-test.js';
import { underDrift } from '../../../../src/domain/noise/under-drift.js';
import { standardDeviation } from '../../../../src/domain/statistics.js';
import { noiseText } from '../../../../src/report/terminal/noise-text.js';
import { taskWith } from '../../../support/loop-input.js';
import { normals } from '../../../support/normals.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';
import { studyRuns } from '../../../support/study-runs.js';

/** Twenty runs in a study's order, each .047 further on, with a noise of .05. */
const drifting = (perRun = 0.047): NoiseResult => {
  const draw = normals('drifting', 1);
  return { runs: studyRuns(10, (_, at) => perRun * at + 0.05 * draw()), clones: [] };
};

const report = (acceptance: { rule: Acceptance['rule']; repeats?: number }, perRun?: number) =>
  noiseReport(taskWith({ acceptance }), drifting(perRun), { selfTest: true });

describe('a study that shows a drift', () => {
  test.each(['strict', 'floor'] as const)('%s compares with an old score, and is past its target', (rule) => {
    const { selfTest: found } = report({ rule });
    expect(found?.perRun).toBeCloseTo(0.047, 2);
    expect(found?.simulated.rate).toBeGreaterThan(0.8);
    expect(found?.holds).toBe(false);
  });

  test.each(['sprt', 'branch+promote'] as const)('%s judges by pairs in turns, and holds', (rule) => {
    const { selfTest: found } = report({ rule, repeats: 10 });
    expect(found?.simulated.rate).toBeLessThan(0.08);
    expect(found?.holds).toBe(true);
  });

  test('is told what to do about it', () => {
    const text = noiseText(report({ rule: 'floor' }));
    expect(text).toContain("resampled, with the drift in the order of a loop's runs");
    expect(text).toMatch(
      /Under this drift \(0\.04\d+ a run\) a score is out of date a few runs later: mend the drift, or take the recommended rule/,
    );
    expect(noiseText(report({ rule: 'floor' }, 0))).not.toContain('nder this drift');
  });

  test('tells the noise of a run from its drift', () => {
    const [found] = report({ rule: 'strict' }).study.classes;
    expect(found?.sigma).toBeGreaterThan(0.03);
    expect(found?.sigma).toBeLessThan(0.08);
  });
});

test('each pair is further down the line than the one before, and its arms in turns', () => {
  const run = underDrift(() => 0, 1, 3);
  // as a trial asks: the candidate first on the first index, the incumbent on the second
  const asked = [run(1, 0), run(0, 0), run(0, 1), run(1, 1)];
  expect(asked).toEqual([3, 4, 5, 6]);
  expect(run(0, 0)).toBe(4);
});

describe("a loop's own baseline", () => {
  const draw = normals('baseline', 3);
  const ten = Array.from({ length: 10 }, (_, at) => 3 + 0.05 * at + 0.05 * draw());
  const found = baselineDrift(ten);
  if (found === null) throw new Error('no drift seen');
  const worldOf = (rule: Acceptance['rule']) => ({
    acceptance: acceptanceOf({ rule }),
    direction: 'minimize' as const,
    seed: 1,
    ...found,
  });

  test('that drifts leaves the runs around the line', () => {
    expect(found.perRun).toBeCloseTo(0.05, 2);
    expect(standardDeviation(found.values)).toBeLessThan(0.6 * standardDeviation(ten));
  });

  test.each(['strict', 'floor'] as const)('refuses %s in words, and names no smallest effect', (rule) => {
    const { refusal } = selfTest(worldOf(rule));
    expect(refusal).toMatch(
      /under the drift of the baseline's repeats \(0\.0\d+ a run, .+\) .+ would keep \d\d+ %/,
    );
    expect(refusal).toContain('Mend the drift, or change acceptance in task.yaml: rule: branch+promote');
    expect(refusal).toMatch(/or rule: sprt \(\d+ of \d+, .+ %\), or rule: paired-t/);
    expect(refusal).not.toContain('screen+sprt');
    expect(refusal).not.toContain('minEffect');
    expect(
      selfTest({ ...worldOf(rule), acceptance: acceptanceOf({ rule, falseKeeps: 1 }) }).refusal,
    ).toBeNull();
  });

  test('does not mind it where pairs decide, and says it', () => {
    const { words, refusal } = selfTest(worldOf('branch+promote'));
    expect(refusal).toBeNull();
    expect(words).toMatch(
      /; it drifts by 0\.0\d+ a run \(while that is for the worse .+\), and so do the copies; A\/A: branch\+promote keeps/,
    );
  });

  test('is kept as often whichever way the metric drifts or is better', () => {
    const world = worldOf('strict');
    const { rate } = aaTest(world);
    expect(aaTest({ ...world, perRun: -found.perRun }).rate).toBe(rate);
    expect(Math.abs(aaTest({ ...world, direction: 'maximize' }).rate - rate)).toBeLessThan(0.1);
  });

  test('shows none by luck but once in a hundred', () => {
    const steady = normals('steady', 1);
    const seen = Array.from({ length: 4000 }, () => baselineDrift(Array.from({ length: 10 }, steady))).filter(
      (one) => one !== null,
    ).length;
    expect(seen).toBeLessThan(60);
    expect(baselineDrift([1, 2, 3])).toBeNull();
  });
});
