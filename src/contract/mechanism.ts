import type { Json } from './json.js';

/** What a knob can be set to. */
export type KnobValue = number | string | boolean;

/** One thing that a search can turn: a literal of an editable file, or a setting that the task declares. */
export interface Knob {
  id: string;
  /** `number` and `integer` have an order and steps; `choice` has neither */
  kind: 'number' | 'integer' | 'choice';
  /** all settings, in order; a knob without them is free, within `range` if there is one */
  values?: readonly KnobValue[];
  range?: readonly [low: number, high: number];
  /** knobs that belong together, e.g. of one file */
  group?: string;
}

/** A change of one knob: so many steps up (> 0) or down (< 0) from the parent's setting, or to a setting. */
export type Move = { knob: string; step: number } | { knob: string; to: KnobValue };

/** What a pattern matches: a move's key (`lr+`, `lr-`, `act=relu`), a whole candidate's key (moves sorted, joined by a space), a knob, or a group of knobs. */
export type Pattern = { key: string } | { knob: string } | { group: string };

export type TrialStatus = 'keep' | 'revert' | 'crash' | 'dup';

/** One experiment as a mechanism sees it. Scores are higher-is-better, rounded to half the noise. */
export interface Trial {
  id: number;
  parentId: number | null;
  moves: readonly Move[];
  /** key of the whole candidate */
  key: string;
  /** settings by knob; null where an artifact is text and knobs don't describe it */
  config: Readonly<Record<string, KnobValue>> | null;
  /** who or what made it: a proposer, a model, an operator */
  operator: string;
  /** null: it has no score */
  scores: { mean: number; se: number; n: number; perTask?: readonly number[] } | null;
  /** gain over its parent; null without a score, and where a part of a run would be compared with a whole one */
  dy: number | null;
  status: TrialStatus;
  /** where it lies, each in 0 … 1, for archives that keep one per cell */
  descriptor?: readonly number[];
  /** share of a full run that it got, in 0 … 1 */
  fidelity: number;
  /** runs that it took: 1 is a whole one, less a part of one */
  cost: number;
  /** for a crash its outcome, e.g. `timeout`; `pending` without a verdict, `again` for a trial measured again: its parent */
  reason?: string;
}

/** A trial that was an incumbent once. */
export interface Elite {
  id: number;
  config: Trial['config'];
  mean: number;
  perTask?: readonly number[];
  descriptor?: readonly number[];
}

/** Everything that a mechanism is told: no clock, no holdout, nothing of other loops. */
export interface MechanismContext {
  /** experiments so far, and how many there will be */
  t: number;
  T: number;
  /** share of the budget that is left, in 0 … 1 */
  budgetLeft: number;
  space: readonly Knob[];
  incumbent: { id: number; config: Trial['config']; mean: number; se: number; n: number };
  /** the last 200 */
  trials: readonly Trial[];
  elites: readonly Elite[];
  noise: { sigma: number; rho: number };
  operators: readonly string[];
  /** seeded random numbers in 0 … 2^32-1, new ones for each call */
  rnd: readonly number[];
  /** how often each move was proposed, by key */
  priorStats: Readonly<Record<string, number>>;
}

/** What a mechanism asks of the next proposal. `forbid` and `move` are enforced by the engine; a hint may be ignored. */
export interface Directive {
  forbid?: readonly Pattern[];
  /** weights multiply; 1 changes nothing */
  prefer?: readonly { p: Pattern; w: number }[];
  /** the candidate itself, made without asking a proposer */
  move?: readonly Move[];
  /** trial to start from instead of the incumbent: one of the elites */
  parent?: number;
  operator?: string;
  /** a candidate worse by less than this · -ln U is accepted as the next parent; never as a keep */
  acceptTemp?: number;
  /** measure this trial again, n times, instead of a proposal; one that never had a whole run, and gets one now, is judged */
  replicate?: { id: number; n: number };
  /** share of a run that is spent on it; what had less than a whole one is never a keep */
  fidelity?: number;
  /** proposals that may be made before the next call */
  batch?: number;
  /** at most 280 characters for a proposer that reads */
  hint?: string;
  /** for people; never compared */
  why: string;
}

/** A pure reducer over JSON: same context and state, same answer. */
export interface Mechanism<State extends Json = Json> {
  meta: { name: string; domain: string; params: Readonly<Record<string, Json>> };
  init(context: MechanismContext): State;
  propose(context: MechanismContext, state: State): [directive: Directive, state: State];
  observe(trial: Trial, state: State): State;
}

export const MECHANISM_LIMITS = {
  /** trials in a context, elites beside them */
  trials: 200,
  elites: 64,
  /** bytes of a state as JSON */
  state: 64 * 1024,
  /** of a directive */
  moves: 32,
  patterns: 256,
  batch: 64,
  hint: 280,
  why: 500,
  /** random numbers in a context */
  rnd: 64,
  /** bytes of a mechanism's source */
  source: 64 * 1024,
} as const;
