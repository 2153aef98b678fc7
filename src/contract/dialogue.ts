import type { Gate } from './gates.js';
import type { LoopSource } from './loop-source.js';
import type { Usage } from './proposal.js';
import type { Proposer } from './task-schema.js';

/** What is asked of a model in turn before there is a mechanism; `repair` as often as it is needed and allowed. */
export type RoundKind = 'explore' | 'criticise' | 'specify' | 'code' | 'repair';

export type Researcher = Extract<Proposer, { kind: 'research' }>;

/** What a dialogue ends in. */
export interface Authored {
  /** one line: what is tried and why */
  idea: string;
  /** source of process/mechanism.js */
  mechanism: string;
  /** the whole of process/process.yaml; null: it stays as it is */
  process: string | null;
}

/** Why a round's answer is no end yet, in words for whoever gave it. */
export interface Trouble {
  /** `answer`: it could not be read; `method`: its process.yaml is none; else the gate that it failed */
  at: 'answer' | 'method' | Gate;
  reason: string;
}

/** How far a dialogue is; bounded, whatever is answered. */
export interface Dialogue {
  /** what the rounds before the code said */
  said: Partial<Record<'explore' | 'criticise' | 'specify', string>>;
  authored: Authored | null;
  /** whether the gates have looked at `authored` */
  examined: boolean;
  /** what the next round is to mend; null: nothing */
  trouble: Trouble | null;
  /** all troubles so far, one line each, the oldest first */
  troubles: readonly string[];
  /** rounds that were answered */
  rounds: number;
  /** what they cost */
  usage: Usage;
}

/** What a round came to. */
export type RoundAnswer = { usage: Usage } & (
  | { status: 'said'; text: string }
  | { status: 'written'; authored: Authored }
  | { status: 'malformed'; problems: readonly string[] }
  | { status: 'over_budget'; reason: string }
);

export interface ExamineRequest {
  source: LoopSource;
  /** commit whose method the candidate would replace */
  base: string;
  authored: Authored;
}

export interface Examined {
  /** null: it passed gates G0 to G7 */
  trouble: Trouble | null;
}
