import type { NoiseRun } from '../../src/contract/noise.js';
import { nextBatch } from '../../src/domain/noise/next-batch.js';

/** Runs of a study in the order in which it makes them: `score` is given the seed and the place in that order. */
export const studyRuns = (seeds: number, score: (seed: number, at: number) => number): NoiseRun[] => {
  const made: NoiseRun[] = [];
  for (let steps = nextBatch(made, seeds); steps.length > 0; steps = nextBatch(made, seeds)) {
    for (const { seed, arm } of steps)
      made.push({
        deviceClass: 'cpu',
        device: 'host cpu:0',
        seed,
        arm,
        status: 'ok',
        value: score(seed, made.length),
        detail: '',
        seconds: 2,
        startedAt: new Date(1e12 + 1000 * made.length).toISOString(),
      });
  }
  return made;
};
