import { defineQuery, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { QUERIES } from '../../contract/names.js';
import type { NoiseInput, NoiseProgress, NoiseResult } from '../../contract/noise.js';
import { judgeClones } from './judge-clones.js';
import { repeatRuns } from './repeat-runs.js';
import { Study } from './study.js';

/**
 * Measures a task's noise: the unchanged artifact, each seed twice, on every device class; then, where asked, copies of
 * it as candidates of the task's rule. It belongs to no loop, so nothing of it enters the ledger.
 */
export async function noiseStudy(input: NoiseInput): Promise<NoiseResult> {
  const study = new Study(input);
  setHandler(defineQuery<NoiseProgress>(QUERIES.noiseProgress), () => study.progress);
  const [first = 'cpu'] = input.devices;
  upsertSearchAttributes({ Task: [input.task.name], DeviceClass: [first], Phase: ['noise'] });
  setCurrentDetails(
    `The noise of \`${input.task.name}\`: the unchanged artifact on ${String(input.repeats)} seeds, twice each.`,
  );
  await Promise.all(input.devices.map(async (device) => repeatRuns(study, device)));
  const clones = input.clones > 0 ? await judgeClones(study, first) : [];
  return { runs: study.runs, clones };
}
