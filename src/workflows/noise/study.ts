import type { NoiseInput, NoiseProgress, NoiseRun } from '../../contract/noise.js';
import type { Role } from '../../contract/measurement.js';
import type { RunReport } from '../../contract/run-schema.js';
import { runOn } from '../research-loop/activities.js';
import { refuseForeign } from '../research-loop/device/refuse-foreign.js';
import { runRequest } from '../research-loop/run-request.js';

/** One run to be made: its seed is fixed by experiment and index, its key by all of it. */
export interface StudyRun {
  device: string;
  experiment: number;
  index: number;
  role: Role;
  /** what sets two runs of one seed apart */
  arm: string;
}

/** What a study remembers while it runs. */
export class Study {
  readonly progress: NoiseProgress;
  readonly runs: NoiseRun[] = [];
  trustClaims = false;

  constructor(readonly input: NoiseInput) {
    this.progress = { done: 0, planned: 2 * input.repeats * input.devices.length };
  }

  /** A run of the unchanged artifact through the same activity as a loop's. */
  async measure({ device, experiment, index, role, arm }: StudyRun): Promise<RunReport> {
    const { id, task, source } = this.input;
    const plan = { experiment, role, index, commit: source.baseCommit, guards: false };
    const request = runRequest({ task, source, loop: `${id}/${device}` }, plan, this.trustClaims);
    const summary = `${role} on seed ${String(index + 1)}${arm}, ${device}`;
    const report = await runOn(task, { device, of: id }).executeWithOptions({ summary }, [
      { ...request, device, key: `${request.key}${arm}` },
    ]);
    refuseForeign(report, device);
    this.progress.done += 1;
    return report;
  }
}
