import { condition } from '@temporalio/workflow';
import type { RunRecord } from '../../../contract/measurement.js';
import { bearerOf, contestEvidence } from '../../../domain/contest/contest-evidence.js';
import { contestVerdicts, winnerOf, type ContestVerdict } from '../../../domain/contest/contest-verdicts.js';
import { needsWord } from '../../../domain/validation/validate-of.js';
import { finish, type Verdict } from '../finish.js';
import { GUARD_INDEX } from '../guard-run.js';
import { confirmKeep } from '../holdout/confirm-keep.js';
import { patiently } from '../promotion/patiently.js';
import { slim } from '../promotion/trial.js';
import type { Contest } from './contest.js';
import { outcomeOf } from '../../../domain/evidence/outcome-of.js';

/** The run that also runs the guards: what it ended as where it failed. */
const guarded = async (
  contest: Contest,
  verdict: ContestVerdict,
): Promise<{ verdict: ContestVerdict; records: RunRecord[] }> => {
  const { loop, measure } = contest;
  if (loop.input.task.guards.length === 0) return { verdict, records: [] };
  const { experiment, commit, idea } = contest.candidate(verdict.arm);
  const plan = { experiment, role: 'candidate' as const, index: GUARD_INDEX, commit, guards: true };
  const record = await patiently(loop, `experiment ${String(experiment)}`, () => measure(loop, plan, idea));
  if (record === null) {
    const reason = `${verdict.reason}; stopped before its guards could run`;
    return { verdict: { ...verdict, outcome: 'inconclusive', reason }, records: [] };
  }
  const records = [slim(record)];
  return record.status === 'ok'
    ? { verdict, records }
    : { verdict: { ...verdict, outcome: outcomeOf(record.status), reason: record.detail }, records };
};

/** Asks a person for a winner that all else speaks for. */
const approved = async (contest: Contest, verdict: ContestVerdict): Promise<ContestVerdict> => {
  const { loop, incumbent } = contest;
  if (!loop.input.task.approval || verdict.outcome !== 'keep') return verdict;
  const prepared = contest.candidate(verdict.arm);
  const { experiment } = prepared;
  const { reason } = verdict;
  loop.state.awaiting.push({ prepared, measurements: [], against: incumbent.experiment, reason });
  loop.changed = true;
  await condition(() => loop.answers.has(experiment));
  const rejection = loop.answers.get(experiment) ?? null;
  loop.answers.delete(experiment);
  const said = rejection ?? reason;
  loop.event(rejection === null ? 'approved' : 'rejected', `experiment ${String(experiment)}: ${said}`);
  return rejection === null
    ? { ...verdict, reason: `${reason}; approved by a person` }
    : { ...verdict, outcome: 'discard', reason: `rejected: ${rejection}` };
};

/** The next contest may begin, on seeds that nobody has seen. */
const close = ({ loop, machine }: Contest): void => {
  const { contests } = loop.state;
  if (contests === undefined) return;
  const closed = { ...contests, nextSeed: machine.nextSeed, held: contests.held + 1, current: null };
  loop.state = { ...loop.state, contests: closed };
};

/** A row for each arm, the winner's last: until then the incumbent is the one that all of them met. */
export const concludeArms = async (contest: Contest, stopped: string | null): Promise<void> => {
  const { loop, machine, now } = contest;
  const verdicts = contestVerdicts(machine, stopped);
  const winner = winnerOf(machine);
  const won = verdicts.find(({ arm }) => arm === winner);
  const passed = won === undefined ? null : await guarded(contest, won);
  const asked = passed === null ? null : await approved(contest, passed.verdict);
  const { contests, incumbent, noise } = loop.state;
  const about = {
    state: machine,
    arms: now.arms.map(({ experiment }) => experiment),
    number: contests?.held ?? 0,
    stopped,
    direction: loop.input.task.measure.metric.direction,
    against: incumbent ?? contest.incumbent,
    noise,
  };
  close(contest);
  const bearer = bearerOf(machine);
  for (const one of [...verdicts.filter((other) => other !== won), ...(asked === null ? [] : [asked])]) {
    const { arm, outcome, reason } = one;
    const prepared = now.arms[arm - 1];
    if (prepared === undefined) continue;
    const own = now.records.filter((run) => run.arm === arm || (run.arm === 0 && arm === bearer));
    const measurements = own.map(({ record }) => record);
    if (one === asked) measurements.push(...(passed?.records ?? []));
    const evidence = contestEvidence(about, arm, arm === bearer);
    const verdict: Verdict = { outcome, reason, measurements, evidence };
    if (needsWord(loop.input.task, outcome)) {
      void confirmKeep(loop, { prepared, verdict, against: about.against.experiment });
    } else finish(loop, prepared, verdict);
  }
};

/** Nobody waits for a contest that is cancelled: each arm's row says so. */
export const cancelContest = (contest: Contest): void => {
  const { loop } = contest;
  const { arms } = contest.now;
  close(contest);
  for (const prepared of arms) {
    const reason = 'stopped while it ran';
    finish(loop, prepared, { outcome: 'cancelled', reason, measurements: [], evidence: null });
  }
};
