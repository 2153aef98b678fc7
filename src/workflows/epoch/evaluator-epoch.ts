import {
  defineQuery,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ControlActivities } from '../../contract/activities.js';
import type {
  BridgedScore,
  EpochInput,
  EpochProgress,
  EpochResult,
  EvaluatorVersion,
  ReferenceArtifact,
} from '../../contract/epoch.js';
import { CONTROL_QUEUE, QUERIES } from '../../contract/names.js';
import { classOf } from '../../domain/device/preferences.js';
import { judgeEpoch } from '../../domain/epoch/judge-epoch.js';
import { runOn } from '../research-loop/activities.js';
import { refuseForeign } from '../research-loop/device/refuse-foreign.js';
import { runRequest } from '../research-loop/run-request.js';

const { transplant, recordEpoch } = proxyActivities<ControlActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});

type Scored = BridgedScore['before'];

/** The same artifact on the same seed, by one version; a metric that its own code prints is no cheat here. */
const scoreBy = async (
  { task, source }: EvaluatorVersion,
  id: string,
  { experiment, commit, place }: Omit<ReferenceArtifact, 'value'> & { place: number },
): Promise<Scored> => {
  const plan = { experiment, role: 'candidate' as const, index: 0, commit, guards: false, seed: place };
  const summary = `reference #${String(experiment)} by ${id.split('/').at(-1) ?? id}`;
  const device = classOf(task);
  const report = await runOn(task, { device, of: id }).executeWithOptions({ summary }, [
    runRequest({ task, source, loop: id }, plan, true),
  ]);
  refuseForeign(report, device);
  return { status: report.status, value: report.status === 'ok' ? report.value : null };
};

/** Scores every artifact by both versions, the two runs of one after each other, as many artifacts at a time as a loop's. */
const scoreAll = async (
  input: EpochInput,
  commits: readonly (string | null)[],
  progress: EpochProgress,
): Promise<BridgedScore[]> => {
  const { id, artifacts, before, after, asRecorded } = input;
  const onSameSeeds = { ...after, task: { ...after.task, seed: before.task.seed } };
  const scores = new Map<number, BridgedScore>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < artifacts.length) {
      const place = next++;
      const artifact = artifacts[place];
      const commit = commits[place] ?? null;
      if (artifact === undefined || commit === null) continue;
      const recorded: Scored = { status: 'ok', value: artifact.value };
      const old = asRecorded ? recorded : await scoreBy(before, `${id}/before`, { ...artifact, place });
      progress.done += 1;
      const fresh = await scoreBy(onSameSeeds, `${id}/after`, { ...artifact, commit, place });
      progress.done += 1;
      scores.set(place, { experiment: artifact.experiment, commit, before: old, after: fresh });
    }
  };
  await Promise.all(Array.from({ length: before.task.concurrency }, lane));
  return artifacts.flatMap((_, place) => scores.get(place) ?? []);
};

/**
 * A person changed a loop's evaluator: frozen artifacts of that loop are scored by both versions, and bias and ranks say
 * whether they are one scale. Nothing of the loop changes; the verdict is written whatever it is.
 */
export async function evaluatorEpoch(input: EpochInput): Promise<EpochResult> {
  const { id, loop, epoch, before, after, artifacts } = input;
  const progress: EpochProgress = { done: 0, planned: 2 * artifacts.length };
  setHandler(defineQuery<EpochProgress>(QUERIES.epochProgress), () => progress);
  upsertSearchAttributes({ Task: [before.task.name], Phase: ['epoch'] });
  setCurrentDetails(
    `Epoch ${String(epoch)} of \`${loop}\`: ${String(artifacts.length)} frozen artifacts, scored by the old evaluator and by the new one.`,
  );
  const { commits } = await transplant({ id, version: after, artifacts });
  const scores = await scoreAll(input, commits, progress);
  const [fromHash, toHash] = [before.source.evaluatorHash, after.source.evaluatorHash];
  const verdict = judgeEpoch(scores, {
    direction: after.task.measure.metric.direction,
    from: fromHash ?? '',
    to: toHash ?? '',
  });
  const result = { ...verdict, scores };
  await recordEpoch({ ...result, id, loop, epoch, fromHash, toHash, decidedAt: Date.now() });
  return result;
}
