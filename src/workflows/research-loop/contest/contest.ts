import type { Cell, ContestRun, ContestState, RunningContest } from '../../../contract/contest.js';
import type { RunRecord } from '../../../contract/measurement.js';
import type { Ready } from '../../../contract/proposal.js';
import { expectRuns, stepContest } from '../../../domain/contest/step-contest.js';
import { partOfRun } from '../../../domain/loop/part-of-run.js';
import { upward } from '../../../domain/promotion/upward.js';
import type { Incumbent } from '../../../contract/loop.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import { patiently } from '../promotion/patiently.js';
import { slim } from '../promotion/trial.js';
import { watchPace } from './watch-pace.js';

/** More would make the loop's state too large for Temporal; the values of all runs are in the contest's own. */
const MOST_RECORDS = 600;

const asRecord = (record: RunRecord, fidelity: number, metric: string): RunRecord =>
  fidelity === 1 ? slim(record) : partOfRun(slim(record), fidelity, metric);

/** The contest under way: all that it remembers is in the loop's state, so that another run of the workflow can go on. */
export class Contest {
  constructor(
    readonly loop: Loop,
    readonly measure: Measure,
    readonly incumbent: Incumbent,
  ) {}

  get now(): RunningContest {
    const current = this.loop.state.contests?.current ?? null;
    if (current === null) throw new RangeError('no contest is under way');
    return current;
  }

  change(change: Partial<RunningContest>): void {
    const { contests } = this.loop.state;
    if (contests === undefined) return;
    this.loop.state = { ...this.loop.state, contests: { ...contests, current: { ...this.now, ...change } } };
    this.loop.changed = true;
  }

  set machine(machine: ContestState) {
    this.change({ machine });
  }

  get machine(): ContestState {
    return this.now.machine;
  }

  /** The candidate that is this arm; the first one's number also names the incumbent's runs. */
  candidate(arm: number): Ready {
    const found = this.now.arms[Math.max(0, arm - 1)];
    if (found === undefined) throw new RangeError(`the contest has no arm ${String(arm)}`);
    return found;
  }

  /** One run; null if the loop is stopped while infrastructure fails. */
  async run({ arm, seed, fidelity }: ContestRun): Promise<RunRecord | null> {
    const { experiment, commit, idea } = this.candidate(arm);
    const plan = {
      experiment,
      role: arm === 0 ? ('incumbent' as const) : ('candidate' as const),
      index: seed - this.machine.firstSeed,
      commit: arm === 0 ? this.incumbent.commit : commit,
      guards: false,
      seed,
      fidelity,
    };
    return await patiently(this.loop, `the contest of experiment ${String(experiment)}`, () =>
      this.measure(this.loop, plan, idea),
    );
  }

  /** Takes runs as begun, so that none of their seeds is taken for fresh later. */
  expect(runs: readonly ContestRun[]): void {
    this.machine = expectRuns(this.machine, runs);
  }

  take(run: ContestRun, record: RunRecord): void {
    const { metric } = this.loop.input.task.measure;
    const { status, value } = record;
    const cell: Cell =
      status === 'ok' ? (value === null ? 'no_metric' : upward(metric.direction, value)) : status;
    const kept = asRecord(record, run.fidelity, metric.name);
    const { records, machine } = this.now;
    this.change({
      machine: stepContest(machine, run, cell),
      records: records.length < MOST_RECORDS ? [...records, { arm: run.arm, record: kept }] : records,
    });
    watchPace(this.loop, record, run.fidelity);
  }
}
