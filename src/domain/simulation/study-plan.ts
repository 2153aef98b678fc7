import type { Mechanism } from '../../contract/mechanism.js';
import { HELD_OUT, TRAIN } from './families.js';
import type { Family } from './landscape.js';
import type { PriorKind } from './prior.js';

/** A mechanism that got through its gates. */
export interface Candidate {
  source: string;
  mechanism: Mechanism;
}

/** One study: an outer loop over the training families, and what it found on fresh instances of all of them. */
export interface StudyPlan {
  study: number;
  train: readonly Family[];
  heldOut: readonly Family[];
  prior: PriorKind;
  sigma: number;
  /** experiments of a loop */
  T: number;
  /** experiments between two tests of branch + promote in every loop; null: the rule `floor` */
  promoteEvery: number | null;
  /** candidates of each outer loop */
  candidates: number;
  /** instances of each training family in one meta-evaluation */
  perFamily: number;
  /** fresh instances of each family that the result is measured on */
  fresh: number;
}

export const PLAN: Omit<StudyPlan, 'study'> = {
  train: TRAIN,
  heldOut: HELD_OUT,
  prior: 'deceptive',
  sigma: 0.02,
  T: 30,
  promoteEvery: null,
  candidates: 24,
  perFamily: 3,
  fresh: 6,
};
