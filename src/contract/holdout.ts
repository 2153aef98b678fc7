import type { HoldoutAnswer, HoldoutVerdict, QuestionKind } from './steward.js';

/** When the holdout is asked. */
export type Validate = 'every-keep' | 'every-promotion' | 'final';

/** All that a loop, its ledger and its history hold of an answer: no number of what was measured. */
export interface HoldoutWord extends Pick<HoldoutAnswer, 'verdict' | 'reason' | 'record' | 'left' | 'alarm'> {
  kind: QuestionKind;
}

/** What a loop carries of its holdout from run to run. */
export interface HoldoutTally {
  /** answers so far, by their word */
  answers: Partial<Record<HoldoutVerdict, number>>;
  /** questions and answers left when it was last told; null: not told yet */
  left: HoldoutAnswer['left'];
  /** of `validate: final`; null: not yet asked */
  final: HoldoutVerdict | 'not asked' | null;
}

/** The question that is with the steward now. */
export interface Asking {
  experiment: number;
  kind: QuestionKind;
  /** milliseconds since the epoch */
  since: number;
  /** nobody serves the steward's queue: the loop waits */
  away: boolean;
}

export interface HoldoutStatus extends HoldoutTally {
  vault: string;
  validate: Validate;
  asking: Asking | null;
}
