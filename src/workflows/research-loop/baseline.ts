import { ApplicationFailure, CancellationScope, condition, patched } from '@temporalio/workflow';
import type { RunRecord } from '../../contract/measurement.js';
import { NO_USAGE, type Ready } from '../../contract/proposal.js';
import { TRUSTS_CLAIMS } from '../../contract/trust-claims.js';
import { claimsOnly } from '../../domain/claims-only.js';
import { emptyRow } from '../../domain/loop/experiment-row.js';
import { anotherRepeat } from '../../domain/loop/another-repeat.js';
import { readBaseline } from '../../domain/loop/read-baseline.js';
import { baselineRuns } from '../../domain/noise/baseline-runs.js';
import { raise } from './alarms/raise.js';
import { NO_SONG, singCanaries } from './canaries.js';
import { startContests } from './contest/start-contests.js';
import { onServedDevice } from './device/on-served-device.js';
import { failureText } from './failure-text.js';
import type { Loop } from './loop.js';
import type { Measure } from './measure.js';
import { forgetEnds } from './research/ends.js';
import { testOnBaseline } from './self-test.js';
import { startBranch } from './start-branch.js';
import { outcomeOf } from '../../domain/evidence/outcome-of.js';
import { wasCancelled } from './was-cancelled.js';

const AT_REST = {
  stage: 'running',
  waitingFor: 'device',
  deviceSeconds: 0,
  dollars: 0,
  tokens: 0,
} as const;

/** Loops that began before a later run of the baseline might crash end there. */
const toleratesCrashes = (records: readonly RunRecord[]): boolean =>
  records[0]?.status !== 'ok' ||
  records.every(({ status }) => status === 'ok') ||
  patched('crashes of the baseline');

const measureBaseline = async (loop: Loop, measure: Measure): Promise<RunRecord[]> => {
  const { task, source } = loop.input;
  const { repeats: asked } = task.acceptance;
  const plan = (index: number) => ({
    experiment: 0,
    role: 'baseline' as const,
    index,
    commit: source.baseCommit,
    guards: false,
  });
  // a fork's baseline is somebody's candidate: what its lines are worth is known from the loop that it left
  const known = loop.input.forkedFrom?.trustClaims;
  if (known === true) loop.state.trustClaims = true;
  let first = await measure(loop, plan(0), 'the unchanged artifact');
  if (known === undefined && claimsOnly(first)) {
    loop.state.trustClaims = true;
    loop.event('notice', TRUSTS_CLAIMS);
    first = { ...first, status: 'ok', tampering: [] };
  }
  const records = [first];
  const wanted = asked ?? baselineRuns(task.acceptance);
  const another = (): boolean =>
    toleratesCrashes(records)
      ? anotherRepeat(records, wanted, { exactly: asked !== undefined })
      : records.length < wanted;
  while (first.status === 'ok' && another()) {
    records.push(await measure(loop, plan(records.length), 'the unchanged artifact'));
  }
  return records;
};

/** Repeats a step of the baseline until infrastructure lets it end; null if a person cancelled it. */
const patiently = async <T>(loop: Loop, step: () => Promise<T>): Promise<T | null> => {
  for (;;) {
    const scope = new CancellationScope({ cancellable: true });
    loop.inFlight.set(0, { ...AT_REST, idea: 'baseline', scope });
    try {
      return await scope.run(step);
    } catch (error) {
      if (wasCancelled(error, scope)) return null;
      loop.halt(`the baseline could not be run: ${failureText(error)}`);
      await condition(() => loop.state.phase !== 'paused');
      if (loop.stopping !== null) return null;
    } finally {
      loop.inFlight.delete(0);
    }
  }
};

/** No experiment follows; the baseline's row is written all the same. */
const refuse = (loop: Loop, reason: string, type: string): never => {
  loop.state = { ...loop.state, phase: 'failed', note: reason };
  loop.event('stopped', reason);
  // whoever is above pays for what it has used all the same
  throw ApplicationFailure.nonRetryable(reason, type, loop.state.spent);
};

const sound = (loop: Loop, why: string): void => {
  raise(loop, { mode: 'tamper', experiment: 0, why, response: ['nothing is searched with this evaluator'] });
};

/** Measures the unchanged artifact: the first incumbent, and the noise of one run. */
export const openBaseline = async (loop: Loop, measure: Measure): Promise<void> => {
  const { loop: id, source } = loop.input;
  const proposedAt = Date.now();
  const measurements = await patiently(loop, () =>
    onServedDevice(loop, () => measureBaseline(loop, measure)),
  );
  if (measurements === null) return;
  const baseline = readBaseline(measurements, toleratesCrashes(measurements));
  const all = measurements.map(({ status, value }) => (status === 'ok' ? value : null));
  const values = all.filter((value) => value !== null);
  const crashing = 1 - values.length / all.length;
  const tested = baseline.ok ? await patiently(loop, () => testOnBaseline(loop, values, crashing)) : null;
  const mayStart = baseline.ok && tested?.refusal === null && loop.input.task.canaries !== undefined;
  const sung = mayStart ? await patiently(loop, () => singCanaries(loop, measure, baseline)) : null;
  const song = sung ?? NO_SONG;
  const commit = source.baseCommit;
  const prepared: Ready = {
    experiment: 0,
    proposer: 'none',
    idea: 'baseline: the unchanged artifact',
    usage: NO_USAGE,
    status: 'ready',
    commit,
    tree: '',
    base: commit,
    baseKind: 'current',
  };
  const row = emptyRow(id, prepared, { incumbent: null, base: commit, proposedAt, settledAt: Date.now() });
  const failed = measurements.find(({ status }) => status !== 'ok')?.status;
  loop.toSettle.push({
    ...row,
    tree: null,
    outcome: baseline.ok || failed === undefined || failed === 'ok' ? 'keep' : outcomeOf(failed),
    reason: `${baseline.reason}${tested?.words ?? ''}${song.words}`,
    value: baseline.ok ? baseline.value : null,
    branchCommit: baseline.ok ? commit : null,
    deviceClass: measurements[0]?.deviceClass ?? null,
    measurements: [...measurements, ...song.records],
  });
  forgetEnds(loop, 0);
  if (!baseline.ok) return refuse(loop, baseline.reason, 'BaselineFailed');
  const refusal = tested?.refusal ?? null;
  if (refusal !== null) return refuse(loop, refusal, 'TooManyFalseKeeps');
  if (song.touched !== null) sound(loop, song.touched);
  if (song.touched !== null) return refuse(loop, song.touched, 'CanaryTouched');
  const { value, n, noise } = baseline;
  loop.state = {
    ...loop.state,
    phase: loop.state.phase === 'paused' ? 'paused' : 'running',
    note: loop.state.phase === 'paused' ? loop.state.note : '',
    baseline: { value, n },
    noise,
    incumbent: { experiment: 0, commit, branchCommit: commit, value, n },
  };
  startBranch(loop, all);
  startContests(loop, measurements);
  loop.changed = true;
};
