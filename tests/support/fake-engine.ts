import { createHash } from 'node:crypto';
import { Context, sleep } from '@temporalio/activity';
import type {
  ComposeRequest,
  ControlActivities,
  DeviceActivities,
  ProjectRequest,
  ProposeRequest,
  RoundRequest,
  SettleRequest,
} from '../../src/contract/activities.js';
import type { ExamineRequest, RoundAnswer, Trouble } from '../../src/contract/dialogue.js';
import type { EpochRow } from '../../src/contract/epoch.js';
import type { TransferRow } from '../../src/contract/transfer.js';
import type { Steered, SteerRequest } from '../../src/contract/steer.js';
import type { Prepared } from '../../src/contract/proposal.js';
import type { Projected } from '../../src/contract/research.js';
import type { RunReport, RunRequest } from '../../src/contract/run-schema.js';
import type {
  Heard,
  HoldoutQuery,
  HoldoutVerdict,
  KeepNote,
  StewardClientActivities,
} from '../../src/contract/steward.js';
import { NO_USAGE } from '../../src/contract/proposal.js';
import { createSelfTest } from '../../src/activities/self-test.js';
import { fakeLiving } from './fake-living.js';
import { fakeTransfers, type Opens } from './fake-transfers.js';
import { IN_FORCE } from './method-in-force.js';
import { okReport } from './ok-report.js';
import { stewardSays } from './steward-says.js';

export { stewardSays } from './steward-says.js';

const hex = (text: string): string => createHash('sha1').update(text).digest('hex');

/**
 * The activities of an engine without git, database or processes: what each candidate scores is a function of its
 * experiment number. Commits know their experiment: `commitOf(n)`.
 */
export class FakeEngine {
  readonly rows: SettleRequest['experiments'] = [];
  readonly events: SettleRequest['events'] = [];
  readonly runs: RunRequest[] = [];
  readonly epochs: EpochRow[] = [];
  readonly transfers: TransferRow[] = [];
  readonly proposeCalls: Parameters<ControlActivities['propose']>[0][] = [];
  readonly steerCalls: SteerRequest[] = [];
  readonly rounds: RoundRequest[] = [];
  readonly examined: ExamineRequest[] = [];
  running = 0;
  mostRunning = 0;
  mostDispatched = 0;
  private dispatched = 0;
  opened = 0;
  readonly compositions: ComposeRequest[] = [];
  readonly heads: string[] = [];
  readonly projections: ProjectRequest[] = [];
  readonly reverts: NonNullable<SettleRequest['revert']>[] = [];
  readonly questions: HoldoutQuery[] = [];
  readonly notes: KeepNote[] = [];
  private readonly made = new Map<string, { base: string; changes: number[] }>();

  constructor(
    readonly score: (experiment: number, request: RunRequest) => number | Partial<RunReport>,
    readonly options: {
      runMs?: number;
      proposeMs?: number;
      propose?: (experiment: number, request: ProposeRequest) => Partial<Prepared>;
      converse?: (request: RoundRequest) => RoundAnswer | Promise<RoundAnswer>;
      examine?: (request: ExamineRequest, nth: number) => Trouble | null | Promise<Trouble | null>;
      inspect?: (commit: string) => string | null;
      changed?: () => string[];
      living?: (classes: string[]) => string[];
      steer?: (request: SteerRequest) => Partial<Steered> | Promise<Partial<Steered>>;
      compose?: (request: ComposeRequest) => null | undefined;
      project?: (request: ProjectRequest) => Projected | undefined;
      transfer?: Opens;
      holdout?: (
        query: HoldoutQuery,
        away: boolean,
      ) => HoldoutVerdict | Heard | Promise<HoldoutVerdict | Heard>;
    } = {},
  ) {}

  /** the experiments whose changes a commit holds, the oldest first; none for the unchanged artifact */
  lineage(commit: string): number[] {
    const made = this.made.get(commit);
    return made === undefined ? [] : [...this.lineage(made.base), ...made.changes];
  }

  commitOf(experiment: number): string {
    return hex(`candidate ${String(experiment)}`);
  }

  readonly activities: ControlActivities & DeviceActivities & StewardClientActivities = {
    askSteward: async ({ query, away }) => {
      this.questions.push(query);
      const said = (await this.options.holdout?.(query, away)) ?? 'pays';
      return typeof said === 'string' ? { answer: stewardSays(said, query) } : said;
    },
    noteKeep: (note) => {
      this.notes.push(note);
      return Promise.resolve({ supported: true, head: 'c'.repeat(64) });
    },
    selfTest: createSelfTest(),
    openLoop: () => {
      this.opened++;
      return Promise.resolve();
    },
    steer: async (request) => {
      this.steerCalls.push(request);
      const { steering } = request;
      const kept = { state: steering.state, observed: steering.observed, record: steering.record };
      const guidance = { directive: null, mechanism: null, parent: null };
      return { guidance, base: null, ...kept, ...(await this.options.steer?.(request)) };
    },
    propose: async (request) => {
      this.proposeCalls.push(request);
      for (const experiment of request.experiments) {
        this.made.set(this.commitOf(experiment), { base: request.base, changes: [experiment] });
      }
      await sleep(this.options.proposeMs ?? 0);
      return request.experiments.map(
        (experiment) =>
          ({
            experiment,
            proposer: 'mutate',
            idea: `idea ${String(experiment)}`,
            usage: NO_USAGE,
            status: 'ready',
            commit: this.commitOf(experiment),
            tree: hex(`tree ${String(experiment)}`),
            base: request.base,
            baseKind: 'current',
            ...this.options.propose?.(experiment, request),
          }) as Prepared,
      );
    },
    converse: async (request) => {
      this.rounds.push(request);
      return (await this.options.converse?.(request)) ?? { status: 'said', text: '', usage: NO_USAGE };
    },
    examine: async (request) => {
      this.examined.push(request);
      return { trouble: (await this.options.examine?.(request, this.examined.length)) ?? null };
    },
    rebase: ({ prepared, onto }) => {
      this.made.set(prepared.commit, { base: onto, changes: [prepared.experiment] });
      return Promise.resolve({
        ...prepared,
        base: onto,
        baseKind: 'rebased',
        tree: hex(prepared.tree + onto),
      });
    },
    compose: (request) => {
      this.compositions.push(request);
      const { experiment, variant, base } = request;
      const commit = hex(`composition ${String(experiment)}.${String(variant)}`);
      this.made.set(commit, { base, changes: request.changes.map((change) => change.experiment) });
      return Promise.resolve(this.options.compose?.(request) === null ? null : { commit, tree: hex(commit) });
    },
    evaluatorChanges: () => Promise.resolve({ changed: this.options.changed?.() ?? [] }),
    ...fakeLiving((classes) => this.options.living?.(classes) ?? classes),
    environmentChanges: () => Promise.resolve({ changed: ['scorer/__init__.py'] }),
    inspectData: ({ commit }) => Promise.resolve({ finding: this.options.inspect?.(commit) ?? null }),
    plant: ({ source, canaries }) =>
      Promise.resolve({
        commits: canaries.map((canary, index) => {
          const commit = hex(`canary ${String(index)} ${canary.kind}`);
          this.made.set(commit, { base: source.baseCommit, changes: [] });
          return commit;
        }),
      }),
    transplant: ({ artifacts }) =>
      Promise.resolve({
        commits: artifacts.map(({ experiment }) => hex(`transplant ${String(experiment)}`)),
      }),
    projectMethod: (request) => {
      this.projections.push(request);
      const projected = this.options.project?.(request);
      return Promise.resolve(
        projected ?? { tasks: request.tasks.map((task) => ({ task, method: IN_FORCE })) },
      );
    },
    researchCost: ({ loop }) =>
      Promise.resolve({
        experiments: this.rows.filter((row) => row.loop.startsWith(`${loop}/`) && row.experiment > 0).length,
      }),
    ...fakeTransfers(this.transfers, (input) => this.options.transfer?.(input)),
    recordEpoch: (row) => {
      this.epochs.push(row);
      return Promise.resolve();
    },
    settle: (request) => {
      if (request.head !== undefined) this.heads.push(request.head);
      if (request.revert !== undefined) this.reverts.push(request.revert);
      for (const row of request.experiments) {
        if (!this.rows.some(({ loop, experiment }) => loop === row.loop && experiment === row.experiment))
          this.rows.push(row);
      }
      this.events.push(...request.events);
      const kept = request.experiments.filter((row) => row.outcome === 'keep' && row.commit !== null);
      return Promise.resolve({
        tip: request.revert?.to ?? kept.at(-1)?.commit ?? request.tip,
        branchCommits: Object.fromEntries(kept.map((row) => [row.experiment, row.commit as string])),
      });
    },
    runCandidate: async (request) => {
      this.runs.push(request);
      this.mostDispatched = Math.max(this.mostDispatched, ++this.dispatched);
      // as the device worker does: a run on deck waits until one of its loop has ended
      while (this.running >= (request.loop?.concurrency ?? Infinity)) {
        Context.current().heartbeat();
        await sleep(10);
      }
      this.mostRunning = Math.max(this.mostRunning, ++this.running);
      try {
        Context.current().heartbeat();
        for (let ms = 0; ms < (this.options.runMs ?? 0); ms += 25) {
          Context.current().heartbeat(ms);
          await sleep(25);
        }
        const experiment = this.runs.length > 0 ? Number(request.key.split('/').at(-3)) : 0;
        const result = this.score(Number.isNaN(experiment) ? 0 : experiment, request);
        return typeof result === 'number'
          ? okReport(request, result)
          : { ...okReport(request, 0), ...result };
      } finally {
        this.running--;
        this.dispatched--;
      }
    },
  };
}
