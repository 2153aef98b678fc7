import type { AgentSection, DataSection, ObjectiveSection, ProcessSection } from './method-schema.js';

/** A search mechanism as it was written. */
export interface MechanismSource {
  name: string;
  /** SHA-256 of the source */
  hash: string;
  source: string;
}

/** The document above a task: what a research loop's proposer, data, objective and process are. */
export interface Method {
  agent: AgentSection;
  /** of agent/prompt.md; "" without one */
  prompt: string;
  data: DataSection;
  objective: ObjectiveSection;
  process: ProcessSection;
  mechanism: MechanismSource | null;
}

/** The part of a method that no key of a task can express; it goes with every proposal. */
export interface Policy {
  prompt: string;
  context: AgentSection['context'];
  freeze: ProcessSection['freeze'];
  batch: number | null;
  restarts: NonNullable<ProcessSection['restarts']> | null;
  schedule: ProcessSection['schedule'];
  memory: NonNullable<ProcessSection['memory']>;
  constraints: ObjectiveSection['constraints'];
  limits: ObjectiveSection['limits'];
  mechanism: MechanismSource | null;
}

/** The method that a loop runs under, as it was when the loop was started. */
export interface MethodInForce {
  /** where it was read, for people */
  ref: string;
  /** SHA-256 over what it says, comments and the order of keys left out */
  hash: string;
  policy: Policy;
}

/** Every file that a method may have, by its place in the folder. */
export const METHOD_FILES = [
  'agent/agent.yaml',
  'agent/prompt.md',
  'data/data.yaml',
  'objective/objective.yaml',
  'process/process.yaml',
  'process/mechanism.js',
] as const;

export type MethodFile = (typeof METHOD_FILES)[number];

/** The texts of those that a method has. */
export type MethodFiles = Partial<Record<MethodFile, string>>;

/** The folder of a method in a repository, unless another is named. */
export const METHOD_FOLDER = 'method';
