import { ApplicationFailure } from '@temporalio/workflow';
import type { Artifact, TransferPlan, TransferRow } from '../../contract/transfer.js';
import { onClass } from '../../domain/device/preferences.js';
import { runRecord } from '../../domain/loop/experiment-row.js';
import { firstSeed } from '../../domain/transfer/transfer-names.js';
import { runOn } from '../research-loop/activities.js';
import { refuseForeign } from '../research-loop/device/refuse-foreign.js';
import { runRequest } from '../research-loop/run-request.js';
import type { TransferStudy } from './study.js';

interface Place {
  device: string;
  pair: number;
}

/** A run of one artifact through the same activity as a loop's, on a seed that all artifacts of the round share. */
export const measureArtifact = async (
  study: TransferStudy,
  { name, experiment, commit }: Artifact,
  { device, pair, plan }: Place & { plan: TransferPlan },
): Promise<TransferRow> => {
  const { id, loop } = study.input;
  const { source, trustClaims } = plan;
  const task = onClass(plan.task, device);
  const role = experiment === 0 ? ('baseline' as const) : ('candidate' as const);
  const run = { experiment, role, index: pair, commit, guards: false, seed: firstSeed(id) + pair };
  const made = runRequest({ task, source, loop: `${id}/${device}` }, run, trustClaims);
  const request = { ...made, device, key: `${made.key}/${name.replaceAll(' ', '-')}` };
  const summary = `${name} on ${device}, seed ${String(pair + 1)}`;
  const report = await runOn(task, { device, of: loop }).executeWithOptions({ summary }, [request]);
  refuseForeign(report, device);
  if (report.evaluatorHash !== null && report.evaluatorHash !== source.evaluatorHash)
    throw ApplicationFailure.nonRetryable(
      `a run was scored by the evaluator ${report.evaluatorHash.slice(0, 12)}, which is not the loop's`,
      'ForeignScore',
    );
  return {
    id,
    loop,
    artifact: name,
    pair,
    run: runRecord(request, report, pair),
  };
};
