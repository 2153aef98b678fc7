import { CancellationScope, log, patched } from '@temporalio/workflow';
import type { Role, RunRecord } from '../../contract/measurement.js';
import type { Ready } from '../../contract/proposal.js';
import type { Evidence } from '../../domain/acceptance/rule.js';
import { decide, type Decision } from '../../domain/acceptance/decide.js';
import { tokensOf } from '../../domain/loop/budget.js';
import { limitsFault } from '../../domain/method/limits-fault.js';
import { wantedOf } from '../../domain/promotion/wanted.js';
import { isAgain, lookOf } from '../../domain/steering/unjudged.js';
import { needsWord } from '../../domain/validation/validate-of.js';
import { hasCollapsed } from './alarms/inspect-data.js';
import { TAKEN_BACK } from './alarms/taken-back.js';
import { rebase, runTimeout } from './activities.js';
import { doubtsKeeps } from './doubts-keeps.js';
import { failureText } from './failure-text.js';
import { finish } from './finish.js';
import { evidenceOf, GUARD_INDEX } from './guard-run.js';
import { confirmKeep } from './holdout/confirm-keep.js';
import { isCurrent } from './lineage.js';
import type { Loop } from './loop.js';
import type { Measure } from './measure.js';
import { overtaken, pairsOfOneTime } from './pairs-of-one-time.js';
import { provenBefore } from './proven-before.js';
import { renewNoise } from './renew-noise.js';
import { look } from './steering/look.js';
import { devicesOf } from '../../domain/loop/run-cost.js';
import { outcomeOf } from '../../domain/evidence/outcome-of.js';
import { unaffordable } from './research/unaffordable.js';
import { unlessTwin } from './unless-twin.js';
import { wasCancelled } from './was-cancelled.js';

const decideNow = (loop: Loop, prepared: Ready, measurements: RunRecord[]): Decision => {
  const { task } = loop.input;
  const { incumbent, noise } = loop.state;
  if (incumbent === null) throw new RangeError('no experiment runs before the baseline');
  const runs = evidenceOf(measurements);
  return decide({
    direction: task.measure.metric.direction,
    acceptance: task.acceptance,
    measurements: runs,
    candidate: prepared.commit,
    incumbent,
    noise,
    secondSeed: doubtsKeeps(loop),
    ...provenBefore(loop),
    ...overtaken(loop, runs),
  });
};

/** A gain beyond the objective's limits is none. */
const withinLimits = (loop: Loop, decision: Decision, measurements: RunRecord[]): Decision => {
  const { method } = loop.input;
  if (method === undefined || decision.decision !== 'final') return decision;
  if (decision.outcome !== 'keep' && decision.outcome !== 'provisional') return decision;
  const reason = limitsFault(method.policy, measurements);
  return reason === null ? decision : { ...decision, outcome: 'guard_failed', reason };
};

/** A waiting candidate whose base is no longer the incumbent is carried over, or measured as it is. */
export const onIncumbent = async (loop: Loop, prepared: Ready): Promise<Ready> => {
  const { incumbent } = loop.state;
  if (incumbent === null || isCurrent(loop, prepared.base)) return prepared;
  const isElsewhere = prepared.steering !== undefined && prepared.steering.parent !== null;
  if (isElsewhere || loop.input.task.stale === 'measure') return { ...prepared, baseKind: 'stale' };
  const { loop: id, task, source } = loop.input;
  const onto = incumbent.branchCommit;
  const summary = `carry experiment ${String(prepared.experiment)} over to #${String(incumbent.experiment)}: ${prepared.idea}`;
  const carried = await rebase.executeWithOptions({ summary: summary.slice(0, 200) }, [
    { loop: id, task, source, prepared, onto },
  ]);
  return prepared.proposedAt === undefined ? carried : { ...carried, proposedAt: prepared.proposedAt };
};

/** Scouts may share a seed with the trunk, where the task says that seeds correlate. */
const scoutingSeed = ({ state }: Loop): { seed?: number } => {
  if (state.promotion?.options.pairedScouts !== true) return {};
  const wanted = wantedOf(state.promotion);
  return wanted.kind === 'scout' ? { seed: wanted.seed } : {};
};

/** The first place of a pair in turns: a metric that drifts would else favour whoever always comes second. */
const isCandidateFirst = ({ candidate, incumbent }: Extract<Decision, { decision: 'more' }>, index: number) =>
  index % 2 === 0 &&
  candidate.includes(index) &&
  incumbent.includes(index) &&
  patched('first place in turns');

/** Whose runs are wanted at an index, in turns. */
const armsAt = (wanted: Extract<Decision, { decision: 'more' }>, index: number): Role[] => {
  const { candidate, incumbent, proven = [] } = wanted;
  const ours: Role[] = candidate.includes(index) ? ['candidate'] : [];
  const theirs: Role[] = [
    ...(incumbent.includes(index) ? (['incumbent'] as const) : []),
    ...(proven.includes(index) ? (['baseline'] as const) : []),
  ];
  return isCandidateFirst(wanted, index) ? [...ours, ...theirs] : [...theirs, ...ours];
};

interface Judged {
  decision: Omit<Extract<Decision, { decision: 'final' }>, 'evidence'> & { evidence: Evidence | null };
  measurements: RunRecord[];
}

/** A measurement by research is too dear to be begun past the budget: what was seen so far is not enough. */
const unfinished = ({ reason }: Decision, spent: string): Judged['decision'] => ({
  decision: 'final',
  outcome: 'inconclusive',
  reason: `${reason}; ${spent}`,
  evidence: null,
});

/**
 * Runs what the rule asks for until it has a verdict; candidate and incumbent in turns on the same seeds. The verdict takes
 * effect in the step that makes it: another experiment whose run ended in the same task must meet the new incumbent.
 */
const judge = async (
  loop: Loop,
  prepared: Ready,
  { measure, end }: { measure: Measure; end: (judged: Judged) => void },
): Promise<void> => {
  const { experiment, commit, idea } = prepared;
  const measurements: RunRecord[] = [];
  const run = async (
    role: Role,
    index: number,
    { of, ...shared }: { of: string; seed?: number },
  ): Promise<RunRecord> => {
    const guards = index === GUARD_INDEX;
    const seed = role === 'candidate' && index === 0 ? scoutingSeed(loop) : shared;
    const mayStopEarly = role === 'candidate' && index === 0;
    const plan = { experiment, role, index, commit: of, guards, mayStopEarly, ...seed };
    const record = await measure(loop, plan, idea);
    measurements.push(record);
    return record;
  };
  await run('candidate', 0, { of: commit });
  for (;;) {
    const decision = withinLimits(loop, decideNow(loop, prepared, measurements), measurements);
    if (decision.decision === 'final') {
      if (decision.outcome !== 'keep' || loop.input.task.guards.length === 0)
        return end({ decision, measurements });
      if (measurements.some(({ index }) => index === GUARD_INDEX)) return end({ decision, measurements });
      const guarded = await run('candidate', GUARD_INDEX, { of: commit });
      if (guarded.status === 'ok') continue;
      return end({
        decision: { ...decision, outcome: outcomeOf(guarded.status), reason: guarded.detail },
        measurements,
      });
    }
    const spent = unaffordable(loop, experiment);
    if (spent !== null) return end({ decision: unfinished(decision, spent), measurements });
    const incumbent = loop.state.incumbent?.commit ?? commit;
    const { firstSeed, proven = [] } = decision;
    const index = Math.min(...decision.candidate, ...decision.incumbent, ...proven);
    const seed = firstSeed === undefined ? {} : { seed: firstSeed + index - 1 };
    const arms = { candidate: commit, incumbent, baseline: loop.input.source.baseCommit };
    for (const role of armsAt(decision, index)) {
      await run(role, index, { of: arms[role], ...(role === 'candidate' ? {} : seed) });
      // beside an incumbent that was overtaken meanwhile the other half would be paid in vain
      if (incumbent !== loop.state.incumbent?.commit && pairsOfOneTime(loop)) break;
    }
  }
};

/** Carried over it may have become what another one is already. */
const refuseTwin = (loop: Loop, carried: Ready): boolean => {
  const prepared = unlessTwin(loop, carried);
  if (prepared.status !== 'duplicate') return false;
  finish(loop, prepared, { outcome: 'duplicate', reason: prepared.reason, measurements: [], evidence: null });
  return true;
};

/** One experiment from a waiting candidate to its verdict. Infrastructure that fails for good halts the loop. */
export const runExperiment = async (loop: Loop, waiting: Ready, measure: Measure): Promise<void> => {
  const { task } = loop.input;
  const scope = new CancellationScope({ cancellable: true });
  const wanted = lookOf(waiting.steering);
  loop.inFlight.set(waiting.experiment, {
    stage: 'running',
    idea: waiting.idea,
    waitingFor: 'device',
    scope,
    deviceSeconds: Math.min(runTimeout(task), task.run.budget) * devicesOf(task) * (wanted?.n ?? 1),
    experiments: wanted?.n ?? 1,
    dollars: waiting.usage.dollars,
    tokens: tokensOf(waiting.usage),
  });
  let prepared = waiting;
  try {
    await scope.run(async () => {
      prepared = isAgain(waiting) ? waiting : await onIncumbent(loop, waiting);
      if (refuseTwin(loop, prepared)) return;
      if (await hasCollapsed(loop, prepared)) return;
      if (wanted !== null) return await look(loop, prepared, { wanted, measure });
      const end = ({ decision, measurements }: Judged): void => {
        const { incumbent } = loop.state;
        if (decision.outcome === 'keep' && task.approval && incumbent !== null) {
          const { reason } = decision;
          loop.state.awaiting.push({ prepared, measurements, against: incumbent.experiment, reason });
          loop.inFlight.delete(prepared.experiment);
          loop.changed = true;
        } else if (incumbent !== null && needsWord(task, decision.outcome)) {
          const { outcome, reason, evidence } = decision;
          const verdict = { outcome, reason, evidence, measurements };
          void confirmKeep(loop, { prepared, verdict, against: incumbent.experiment });
        } else {
          const { reason, evidence } = decision;
          finish(loop, prepared, { ...decision, outcome: decision.outcome, measurements });
          if (evidence !== null) renewNoise(loop, prepared.experiment, { reason, evidence });
        }
      };
      await judge(loop, prepared, { measure, end });
    });
  } catch (error) {
    if (wasCancelled(error, scope)) {
      const reason = loop.stopping === null ? TAKEN_BACK : 'stopped while it ran';
      finish(loop, prepared, { outcome: 'cancelled', reason, measurements: [], evidence: null });
      return;
    }
    log.warn('experiment failed for want of infrastructure', { experiment: prepared.experiment, error });
    loop.state.waiting.unshift(prepared);
    loop.inFlight.delete(prepared.experiment);
    loop.halt(`experiment ${String(prepared.experiment)} could not be run: ${failureText(error)}`);
  }
};
