import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { ContestRule, RunningContest } from '../../../contract/contest.js';
import { armsWanted } from '../../../domain/contest/contest-rules.js';
import { contestOptions } from '../../../domain/contest/contest-options.js';
import { openContest } from '../../../domain/contest/open-contest.js';
import { concludeContest } from '../../../domain/contest/step-contest.js';
import { runsOfBlock, wantedRuns } from '../../../domain/contest/wanted-runs.js';
import { budgetLeft, NOTHING_RESERVED, tokensOf } from '../../../domain/loop/budget.js';
import { outOfTime } from '../../../domain/loop/stop-reason.js';
import { runTimeout } from '../activities.js';
import { onIncumbent } from '../experiment.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import { allOf } from '../promotion/all-of.js';
import { patiently } from '../promotion/patiently.js';
import { Contest } from './contest.js';
import { cancelContest, concludeArms } from './conclude-arms.js';
import { devicesOf, runCost } from '../../../domain/loop/run-cost.js';

/** Takes those who wait; they hold their numbers and the contest its place until all have their rows. */
const begin = ({ state, input }: Loop): RunningContest | null => {
  const { contests, incumbent, noise, waiting, baseline } = state;
  const { acceptance, measure } = input.task;
  if (contests === undefined || incumbent === null || baseline === null) return null;
  const arms = waiting.splice(0, armsWanted(acceptance, contests.held));
  const options = contestOptions(
    { ...acceptance, rule: acceptance.rule as ContestRule },
    {
      direction: measure.metric.direction,
      standing: incumbent,
      noise,
      arms: arms.length,
      held: contests.held,
      repeats: baseline.n,
    },
  );
  return { machine: openContest(options, contests.nextSeed), arms, records: [] };
};

const reserve = (loop: Loop, { arms }: RunningContest): CancellationScope => {
  const { task } = loop.input;
  const scope = new CancellationScope({ cancellable: true });
  for (const [at, { experiment, idea, usage }] of arms.entries()) {
    loop.inFlight.set(experiment, {
      stage: 'running',
      idea,
      waitingFor: 'device',
      scope,
      deviceSeconds:
        at < task.concurrency ? Math.min(runTimeout(task), task.run.budget) * devicesOf(task) : 0,
      dollars: usage.dollars,
      tokens: tokensOf(usage),
    });
  }
  return scope;
};

/** Why no further block is begun: it would be of no use without all of its runs. */
const whyStopped = (contest: Contest): string | null => {
  const { loop, machine } = contest;
  const { task } = loop.input;
  const spent = loop.stopping ?? outOfTime(loop.state, task, Date.now());
  if (spent !== null) return spent;
  const { deviceSeconds } = budgetLeft(loop.state, NOTHING_RESERVED, Date.now());
  const needed = runsOfBlock(machine).reduce((sum, { fidelity }) => sum + fidelity * runCost(task), 0);
  return deviceSeconds < needed ? 'budget spent: no further seed can be paid for' : null;
};

const measureBlock = async (contest: Contest): Promise<void> => {
  const { loop, machine } = contest;
  const runs = wantedRuns(machine, loop.input.task.concurrency);
  contest.expect(runs);
  const records = await allOf(runs.map((run) => contest.run(run)));
  for (const [at, record] of records.entries()) {
    const run = runs[at];
    if (record !== null && run !== undefined) contest.take(run, record);
  }
};

/** Candidates that were proposed for an older incumbent are carried over first. */
const carryOver = async (contest: Contest): Promise<void> => {
  const { loop, now } = contest;
  if (now.machine.blocks.length > 0) return;
  for (const [at, arm] of now.arms.entries()) {
    const carried = await patiently(loop, `experiment ${String(arm.experiment)}`, () =>
      onIncumbent(loop, arm),
    );
    if (carried !== null) contest.change({ arms: contest.now.arms.with(at, carried) });
  }
};

/** Runs what the machine wants until it is over; the reason if it is stopped before, and null if a new run of the workflow goes on with it. */
const conduct = async (contest: Contest): Promise<{ stopped: string | null } | null> => {
  const { loop } = contest;
  await carryOver(contest);
  for (;;) {
    await condition(() => loop.state.phase !== 'paused' || loop.stopping !== null || loop.draining);
    if (contest.machine.phase.kind === 'over') return { stopped: null };
    if (loop.draining && loop.stopping === null) return null;
    const stopped = whyStopped(contest);
    if (stopped !== null) {
      contest.machine = concludeContest(contest.machine);
      return { stopped };
    }
    await measureBlock(contest);
  }
};

/** Candidates and incumbent on the same fresh seeds, until the rule has a verdict on each of them. */
export const holdContest = async (loop: Loop, measure: Measure): Promise<void> => {
  const { contests, incumbent } = loop.state;
  const current = contests?.current ?? begin(loop);
  if (contests === undefined || current === null || incumbent === null) return;
  const contest = new Contest(loop, measure, incumbent);
  loop.state = { ...loop.state, contests: { ...contests, current } };
  const scope = reserve(loop, current);
  loop.changed = true;
  try {
    await scope.run(async () => {
      const ended = await conduct(contest);
      if (ended !== null) await concludeArms(contest, ended.stopped);
      else for (const { experiment } of current.arms) loop.inFlight.delete(experiment);
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    cancelContest(contest);
  }
  loop.changed = true;
};
