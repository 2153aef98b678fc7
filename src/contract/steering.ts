import type { Json } from './json.js';
import type { Directive, KnobValue, Move } from './mechanism.js';

/** What a mechanism has done in a loop: its proof of life, and of health. */
export interface SteeringRecord {
  /** times it was asked */
  calls: number;
  /** answers that changed what the loop would do next */
  nonIdentity: number;
  /** candidates that were what it asked for */
  complied: number;
  /** answers that couldn't be followed; after the first the loop goes on without it */
  faults: readonly string[];
}

/** A known trial that is measured again instead of a proposal. */
export interface Again {
  /** the trial, and how often */
  id: number;
  n: number;
  idea: string;
  commit: string;
  tree: string;
  base: string;
  /** where it started from, and what it moved */
  parent: number | null;
  moves: readonly Move[];
  settings: Readonly<Record<string, KnobValue>>;
  /** it gets its first whole run: it is judged as a candidate */
  judged: boolean;
}

/** What runs that no rule judges have shown: parts of runs, and runs of a known trial. Never on the scale of verdicts. */
export interface Seen {
  /** mean of the runs with a score; null: none has one */
  value: number | null;
  n: number;
  /** share of a run that each was */
  fidelity: number;
  /** the known trial; null: the experiment's own candidate */
  of: number | null;
}

/**
 * How a mechanism stands in a real loop: untried before it had its chance; inert: it changed no decision; faulty: it broke.
 * What a loop finds counts for its mechanism only while that is live.
 */
export type MechanismStanding = 'live' | 'untried' | 'inert' | 'faulty';

/** What a candidate is made under; its part on the experiment's row is `SteeredBy`. */
export interface Guidance {
  directive: Directive | null;
  /** name of the mechanism that gave the directive */
  mechanism: string | null;
  /** elite that the proposal starts from instead of the incumbent */
  parent: number | null;
  /** the directive changes what the loop would do next; absent: nobody looked */
  acts?: boolean;
  /** share of a run that the candidate gets; absent: all of it */
  fidelity?: number;
  /** absent: a candidate is proposed */
  again?: Again;
}

/** On an experiment's row: what was asked of its candidate, and what it is. */
export interface SteeredBy extends Guidance {
  /** what it changed, as knobs; text beside them is no move */
  moves: readonly Move[];
  /** where those knobs stand now */
  settings: Readonly<Record<string, KnobValue>>;
  /** null without a directive */
  compliance: { complied: boolean; parts: Readonly<Record<string, string>> } | null;
  /** absent where a rule judged it */
  seen?: Seen;
}

/** A candidate without a verdict, as far as it is known. */
export interface Pending {
  experiment: number;
  operator: string;
  moves: readonly Move[];
  /** the known trial that is measured again */
  of?: number;
}

/** What the loop carries of its mechanism; bounded. */
export interface Steering {
  /** what the mechanism remembers; null before it was first asked */
  state: Json;
  /** the last experiment that it was shown */
  observed: number | null;
  record: SteeringRecord;
  /** its last directive, while more proposals may be made by it */
  current: { guidance: Guidance; base: string; left: number } | null;
  /** what was asked for, or proposed, and has no verdict yet */
  pending: Pending[];
  /** a candidate that was accepted to go on from though it is no keep */
  walk: { experiment: number; commit: string } | null;
  /** it was told that the mechanism is inert */
  inert?: true;
}
