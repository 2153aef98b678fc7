import type {
  Authored,
  Dialogue,
  ExamineRequest,
  Examined,
  Researcher,
  RoundAnswer,
  RoundKind,
} from './dialogue.js';
import type { EpochRow, EvaluatorVersion, ReferenceArtifact } from './epoch.js';
import type { DeviceLook } from './fleet.js';
import type { LoopInput, LoopSource, ProvisionalChange } from './loop.js';
import type { RunRecord } from './measurement.js';
import type { ExperimentRow, LoopEventRow } from './ledger.js';
import type { LessonSource } from './lesson.js';
import type { Policy } from './method.js';
import type { Prepared, Ready, Usage } from './proposal.js';
import type { Projected } from './research.js';
import type { RunReport, RunRequest } from './run-schema.js';
import type { AaWorld, SelfTest } from './self-test.js';
import type { Guidance } from './steering.js';
import type { Steered, SteerRequest } from './steer.js';
import type { Canary, Task, TaskData } from './task-schema.js';
import type { OpenedTransfer, TransferInput, TransferRow } from './transfer.js';

export interface ProposeRequest {
  loop: string;
  task: Task;
  source: LoopSource;
  /** numbers of the experiments to propose for, consecutive */
  experiments: number[];
  /** commit to start from: the incumbent's branch tip */
  base: string;
  hints: string[];
  /** what may still be spent on models; null: no limit */
  dollarsLeft: number | null;
  tokensLeft: number | null;
  /** class that the loop measures on; absent: the first that the task prefers */
  device?: string;
  /** absent: the task's own policy */
  method?: ProposalPolicy;
  /** what a research dialogue has ended in: nobody is asked any more */
  written?: { authored: Authored; usage: Usage };
}

/** What a method says of one proposal; the mechanism's source stays behind. */
export interface ProposalPolicy extends Pick<Policy, 'prompt' | 'context' | 'constraints' | 'memory'> {
  /** every knob that stays as it is now */
  freeze: readonly string[];
  guidance: Guidance;
}

export interface RoundRequest {
  /** of one experiment; what it leaves of the budget is for the whole dialogue */
  proposing: ProposeRequest;
  researcher: Researcher;
  round: RoundKind;
  dialogue: Dialogue;
}

export interface RebaseRequest {
  loop: string;
  task: Task;
  source: LoopSource;
  prepared: Ready;
  /** the new incumbent's branch tip */
  onto: string;
}

export interface ComposeRequest {
  loop: string;
  source: LoopSource;
  /** number of the promotion, and which of its compositions this is */
  experiment: number;
  variant: number;
  idea: string;
  /** tip of the trunk */
  base: string;
  /** laid onto it in this order */
  changes: Pick<ProvisionalChange, 'experiment' | 'base' | 'commit'>[];
}

export interface Composed {
  commit: string;
  /** null: the trunk's own, nothing was left to lay on it */
  tree: string | null;
}

export interface InspectDataRequest {
  source: LoopSource;
  data: TaskData;
  commit: string;
}

export interface PlantRequest {
  loop: string;
  task: Task;
  source: LoopSource;
  canaries: Canary[];
}

export interface TransplantRequest {
  /** of the epoch's workflow; names the refs */
  id: string;
  version: EvaluatorVersion;
  artifacts: ReferenceArtifact[];
}

export interface ProjectRequest {
  loop: string;
  source: LoopSource;
  commit: string;
  tasks: Task[];
}

export interface SettleRequest {
  loop: string;
  tag: string;
  source: LoopSource;
  /** the branch's tip before this batch */
  tip: string;
  /** in the order of their verdicts; a keep's branchCommit is filled in by the activity */
  experiments: (ExperimentRow & { measurements: RunRecord[] })[];
  events: LoopEventRow[];
  /** branch + promote: head of the provisional branch after this batch */
  head?: string;
  /** after the batch the branch goes back to where this experiment was kept */
  revert?: { experiment: number; to: string };
  /** absent: later loops are told nothing of it */
  memory?: LessonSource;
  /** a person has stopped the loop: a branch that somebody else moved is left to them, and the rows still written */
  leaving?: true;
}

export interface SettleResult {
  /** the branch's tip after this batch */
  tip: string;
  /** tip of the branch after each keep, by experiment */
  branchCommits: Record<number, string>;
  /** that the branch was left to somebody else, in words */
  left?: string;
}

/** Activities on the control queue. Each may run twice; the second time changes nothing. */
export interface ControlActivities {
  /** Writes the loop's row, its first event and the branch. */
  openLoop(input: LoopInput): Promise<void>;
  /** Asks the loop's mechanism what the next proposal is to be. */
  steer(request: SteerRequest): Promise<Steered>;
  /** Asks the proposer, checks the answer, commits the candidates. */
  propose(request: ProposeRequest): Promise<Prepared[]>;
  /** One round of a research dialogue; one that was answered before is not paid for again. */
  converse(request: RoundRequest): Promise<RoundAnswer>;
  /** What is wrong with a method that a dialogue has written: its process.yaml, or the gate that its mechanism failed. */
  examine(request: ExamineRequest): Promise<Examined>;
  /** Carries a waiting candidate over to the new incumbent; baseKind says whether that was possible. */
  rebase(request: RebaseRequest): Promise<Ready>;
  /** Lays provisional changes onto the trunk; null if they conflict without those left out. */
  compose(request: ComposeRequest): Promise<Composed | null>;
  /** names of what the evaluator reads that is not as it was when the loop began */
  evaluatorChanges(request: { source: LoopSource; read: readonly string[] }): Promise<{ changed: string[] }>;
  /** Names of packages and files in which two environments of an evaluator differ; none where no list of them is here. */
  environmentChanges(request: { before: string; after: string }): Promise<{ changed: string[] }>;
  /** Which of the device classes have a living worker, in their order. */
  livingClasses(look: DeviceLook): Promise<{ living: string[] }>;
  /** The same, but it fails for another attempt while none of them has. */
  awaitDevice(look: DeviceLook): Promise<{ living: string[] }>;
  /** Whether the rule may be trusted on this noise: hands it copies of the artifact, and says how many it keeps. */
  selfTest(world: AaWorld): Promise<SelfTest>;
  /** What is wrong with the data of a commit; null: nothing that shows. */
  inspectData(request: InspectDataRequest): Promise<{ finding: string | null }>;
  /** Commits canaries onto the baseline, in their order. */
  plant(request: PlantRequest): Promise<{ commits: string[] }>;
  /** Puts artifacts among the protected files of another evaluator, in their order; null where that can't be done. */
  transplant(request: TransplantRequest): Promise<{ commits: (string | null)[] }>;
  /** Reads the method of a commit and gives the policies that it makes of the tasks; or why it is none. */
  projectMethod(request: ProjectRequest): Promise<Projected>;
  /** Counts the experiments of all loops below one. */
  researchCost(request: { loop: string }): Promise<{ experiments: number }>;
  /** Writes what was decided about a new evaluator. */
  recordEpoch(row: EpochRow): Promise<void>;
  /** Advances the branch and appends the ledger's rows, in one transaction. */
  settle(request: SettleRequest): Promise<SettleResult>;
  /** Reads what of a loop can be measured on other classes, and makes what stands without each of its changes. */
  openTransfer(input: TransferInput): Promise<OpenedTransfer>;
  /** Writes runs on other classes beside the loop's record. */
  recordTransfer(rows: TransferRow[]): Promise<void>;
}

/** Activities on a device's queue, served by python-gpu-activity. */
export interface DeviceActivities {
  runCandidate(request: RunRequest): Promise<RunReport>;
}
