import {
  type CancellationScope,
  type ChildWorkflowHandle,
  patched,
  type Workflow,
} from '@temporalio/workflow';
import type { ExperimentRow, LoopEventRow } from '../../contract/ledger.js';
import type { Asking } from '../../contract/holdout.js';
import type { LoopInput, LoopState } from '../../contract/loop.js';
import type { PromotionState } from '../../contract/promotion.js';
import type { RunRecord } from '../../contract/measurement.js';
import type { Rescored } from '../../contract/research.js';
import { type Reserved, tokensOf } from '../../domain/loop/budget.js';
import { MOST_AHEAD } from '../../domain/loop/proposals-ahead.js';
import { type Money, NO_MONEY } from '../../domain/research/money-for-child.js';
import { type TakenIn, withoutRow } from '../../domain/proposal/twin.js';
import { experimentsOf } from '../../domain/steering/unjudged.js';

/** An experiment that holds a proposer, a device, or a place in the line for the holdout. */
export interface InFlight {
  stage: 'proposing' | 'running' | 'asking';
  idea: string;
  waitingFor: string;
  scope: CancellationScope | null;
  deviceSeconds: number;
  /** that it takes of the budget; absent: one */
  experiments?: number;
  dollars: number;
  tokens: number;
}

export type SettledExperiment = ExperimentRow & { measurements: RunRecord[] };

/** One run of the workflow: the durable state, and what is under way and never carried over. */
export class Loop {
  readonly inFlight = new Map<number, InFlight>();
  readonly toSettle: SettledExperiment[] = [];
  /** candidates of this run of the workflow, and those from before that have no row: what a proposal may repeat */
  readonly takenIn: Map<number, TakenIn>;
  readonly events: LoopEventRow[] = [];
  settling = 0;
  /** raised by whatever may allow the next step; lowered by the main loop before it looks */
  changed = true;
  /** a person has ended it at once */
  cancelled = false;
  /** a person's stop, a spent budget, a target: nothing new is begun */
  stopping: string | null = null;
  /** a person has stopped it: what can't be written to its branch any more doesn't hold it up */
  leaving = false;
  /** how far the promotion under way is; its end alone changes the durable state */
  promoting: PromotionState | null = null;
  /** a person's answers to promotions that wait for one: null approves, a text says why not */
  readonly answers = new Map<number, string | null>();
  /** the question that is with the steward now; one at a time */
  asking: Asking | null = null;
  /** a mechanism is being asked; one question at a time */
  steering = false;
  /** keeps that the steward is being told of */
  readonly notes = new Set<CancellationScope>();
  /** why no proposal can be paid for any more: the loop stops once what is provisional was tested */
  exhausted: string | null = null;
  /** loops below that run now, by id */
  readonly children = new Map<string, ChildWorkflowHandle<Workflow>>();
  /** money of loops below that isn't counted as spent yet */
  lentBelow: Money = NO_MONEY;
  /** fresh values of what a child loop ends with */
  rescored: Rescored | undefined = undefined;
  /** nothing new is begun until this run can continue as new */
  draining = false;
  /** this run's end comes near: proposals are made that outlast the pause */
  stocking = false;
  /** as many proposals as chance asks for, and a late end of the run; loops that began before have neither */
  readonly staysBusy = patched('devices stay busy');
  /** model calls at a time; falls, to one in the end, when the budget gets too small to be shared out */
  parallelProposals: number;

  /** the branch is to be set back, after so many of the rows that wait to be written */
  reverting: { experiment: number; to: string; after: number } | null = null;
  /** runs that were sent to devices and have not come back, and how many have */
  readonly onDevice = { now: 0, ended: 0 };
  /** that nobody serves the devices it waits for, in words */
  unserved: string | null = null;
  /** rent is being asked for: nothing new is begun until it is known */
  renting = false;

  constructor(
    readonly input: LoopInput,
    public state: LoopState,
  ) {
    this.parallelProposals = this.mostProposals();
    this.takenIn = new Map(withoutRow(state).map((one) => [one.experiment, one]));
  }

  mostProposals(): number {
    const { concurrency, ahead } = this.input.task;
    const most = this.staysBusy ? MOST_AHEAD : 4;
    return ahead === undefined ? most * concurrency : concurrency + ahead;
  }

  count(stage: InFlight['stage']): number {
    let n = 0;
    for (const one of this.inFlight.values()) if (one.stage === stage) n++;
    return n;
  }

  /** Everything begun and not yet counted as spent: what a model was paid counts with its experiment's verdict. */
  reserved(): Reserved {
    const sum = { experiments: 0, deviceSeconds: 0, ...this.lentBelow };
    const { waiting, awaiting, unproposed, contests } = this.state;
    const resting = (contests?.current?.arms ?? []).filter(
      ({ experiment }) => !this.inFlight.has(experiment),
    );
    const queued = waiting.reduce((all, one) => all + experimentsOf(one), 0);
    sum.experiments += queued + awaiting.length + unproposed.length + resting.length;
    const paid = [...waiting, ...resting, ...awaiting.map(({ prepared }) => prepared)];
    for (const { usage } of paid) {
      sum.dollars += usage.dollars;
      sum.tokens += tokensOf(usage);
    }
    for (const one of this.inFlight.values()) {
      sum.experiments += one.experiments ?? 1;
      sum.deviceSeconds += one.deviceSeconds;
      sum.dollars += one.dollars;
      sum.tokens += one.tokens;
    }
    return sum;
  }

  /** Appends to the loop's own history; written with the next settled batch. */
  event(kind: LoopEventRow['kind'], text: string): void {
    const seq = this.state.nextEvent++;
    this.events.push({ loop: this.input.loop, seq, kind, text, at: Date.now() });
    this.changed = true;
  }

  /** Waits for a person: infrastructure failed, and going on would only fail again. */
  halt(why: string): void {
    if (this.state.phase !== 'paused') this.pausedAt = Date.now();
    this.state = { ...this.state, phase: 'paused', note: why };
    this.event('paused', why);
  }

  /** start of the present pause, for the wall clock */
  pausedAt: number | null = null;
}
