import type { Arm } from '../../contract/ablation.js';

export interface Asked {
  lifted: Arm;
  base: Arm;
  /** what the difference answers */
  question: string;
}

/** The comparisons that an ablation is made for, fixed before anything is seen; Holm's correction is over them. */
const CONTRASTS: readonly Asked[] = [
  { lifted: 'C', base: 'B', question: 'is the mechanism worth something beside the parameters?' },
  { lifted: 'C', base: 'S', question: 'is it the mechanism, and not the resets that it brings?' },
  { lifted: 'C', base: 'R', question: 'is it better than chance?' },
  { lifted: 'C', base: 'A+', question: 'was the budget of the outer loop better spent on it?' },
  { lifted: 'C', base: 'A', question: 'are parameters and mechanism worth something?' },
  { lifted: 'B', base: 'A', question: 'are parameters worth something?' },
  { lifted: 'D', base: 'A', question: 'is a mechanism alone worth something?' },
  { lifted: 'H', base: 'A', question: 'is a mechanism written by hand worth something?' },
  { lifted: 'C', base: 'H', question: 'is what was found better than what was written?' },
  { lifted: 'S', base: 'A', question: 'does it change anything to ask, and to start anew?' },
  { lifted: 'R', base: 'A', question: 'does chance do as well as the proposer?' },
  { lifted: 'A+', base: 'A', question: 'is more budget worth something?' },
];

/** Those between arms that are there. */
export const contrastsOf = (arms: readonly Arm[]): Asked[] =>
  CONTRASTS.filter(({ lifted, base }) => arms.includes(lifted) && arms.includes(base));
