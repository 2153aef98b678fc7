import { createHash } from 'node:crypto';
import type { ProposeRequest, RebaseRequest, SettleRequest } from '../../../src/contract/activities.js';
import { NO_USAGE, type Prepared } from '../../../src/contract/proposal.js';
import type { RunReport, RunRequest } from '../../../src/contract/run-schema.js';
import type { AaWorld } from '../../../src/contract/self-test.js';
import { selfTest } from '../../../src/domain/noise/self-test.js';
import { random } from '../../../src/domain/random.js';
import { okReport } from '../ok-report.js';
import type { FleetPlan, PlannedLoop, Range } from './fleet-plan.js';
import type { FleetRecord } from './fleet-record.js';

/** What an activity comes to, and after how many milliseconds; a failure is one of infrastructure, to be tried again. */
export interface Simulated {
  ms: number;
  result?: unknown;
  failure?: string;
}

const hex = (...parts: (string | number)[]): string =>
  createHash('sha1').update(parts.join(' ')).digest('hex');

/** Shares of the proposals that break the rules, of calls to a model that fail, and of candidates that are better. */
const REFUSED = 0.03;
const FAILED = 0.01;
const BETTER = 0.03;

/** What the unchanged artifact scores; less is better. */
const UNCHANGED = 1e5;

const SETTLE_MS = 20;
const GIT_MS = 60;

/** A class always has somebody: who is away comes again. */
const lives = ({ classes }: { classes: string[] }): Simulated => ({
  ms: GIT_MS,
  result: { living: classes },
});

/** Proposers, git, ledger and runs of a fleet: durations and scores are functions of the plan's seed and the names. */
export class SimulatedEngine {
  private readonly values = new Map<string, number>();
  private calls = 0;

  constructor(
    private readonly plan: FleetPlan,
    private readonly record: FleetRecord,
    private readonly now: () => number,
  ) {}

  control(type: string, [request]: unknown[]): Simulated {
    if (type === 'openLoop') return { ms: SETTLE_MS, result: null };
    if (type === 'propose') return this.propose(request as ProposeRequest);
    if (type === 'settle') return this.settle(request as SettleRequest);
    if (type === 'rebase') return this.rebase(request as RebaseRequest);
    if (type === 'livingClasses' || type === 'awaitDevice') return lives(request as { classes: string[] });
    if (type === 'selfTest') return { ms: SETTLE_MS, result: selfTest(request as AaWorld) };
    throw new Error(`${type} isn't simulated`);
  }

  runSeconds({ key }: RunRequest): number {
    return this.within(this.loopOf(key).runSeconds, 'run', key);
  }

  report(request: RunRequest, { seconds, device }: { seconds: number; device: string }): RunReport {
    const value = this.values.get(request.source.commit) ?? UNCHANGED;
    const at = { class: request.device, name: request.device, id: device, host: device.split(':')[0] ?? '' };
    const took = { prepare: 0, run: seconds, measure: 0, guards: 0 };
    return { ...okReport(request, value), seconds: took, device: at };
  }

  private within([least, most]: Range, ...about: (string | number)[]): number {
    return least + (most - least) * random('fleet', this.plan.seed, ...about).next();
  }

  private loopOf(id: string): PlannedLoop {
    const found = this.plan.loops.find(({ name }) => id === name || id.startsWith(`${name}/`));
    if (found === undefined) throw new Error(`no loop ${id}`);
    return found;
  }

  private propose(request: ProposeRequest): Simulated {
    const { loop, experiments, base } = request;
    const [experiment = 0] = experiments;
    const about = [loop, experiment, this.calls++];
    const ms = 1000 * this.within(this.loopOf(loop).proposeSeconds, 'propose', ...about);
    const draw = random('fleet', this.plan.seed, 'proposal', ...about).next();
    if (draw < FAILED) return { ms, failure: 'the model is overloaded' };
    const refused = draw < FAILED + REFUSED;
    const common = { experiment, proposer: 'model', idea: `idea ${String(experiment)}`, usage: NO_USAGE };
    const commit = hex(loop, experiment);
    this.values.set(commit, draw > 1 - BETTER ? UNCHANGED - experiment : 2 * UNCHANGED);
    const prepared: Prepared = refused
      ? { ...common, status: 'refused', reason: 'outside of what is editable' }
      : { ...common, status: 'ready', commit, tree: hex('tree', commit), base, baseKind: 'current' };
    return { ms, result: [prepared] };
  }

  private rebase({ prepared, onto }: RebaseRequest): Simulated {
    const tree = hex('tree', prepared.commit, onto);
    return { ms: GIT_MS, result: { ...prepared, base: onto, baseKind: 'rebased', tree } };
  }

  private settle(request: SettleRequest): Simulated {
    const { loop, experiments, tip } = request;
    for (const row of experiments) this.record.row(loop, row);
    if (experiments.some(({ experiment }) => experiment === 0)) this.record.opened.set(loop, this.now());
    const halted = request.events.find(({ kind }) => kind === 'paused');
    if (halted !== undefined) throw new Error(`${loop} paused: ${halted.text}`);
    if (request.events.some(({ kind }) => kind === 'stopping')) this.record.closed.set(loop, this.now());
    const kept = experiments.flatMap(({ outcome, commit, experiment }) =>
      outcome === 'keep' && commit !== null ? [[experiment, commit] as const] : [],
    );
    const result = { tip: kept.at(-1)?.[1] ?? tip, branchCommits: Object.fromEntries(kept) };
    return { ms: SETTLE_MS + experiments.length, result };
  }
}
