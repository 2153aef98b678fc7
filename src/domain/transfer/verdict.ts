import { holm } from '../ablation/holm.js';
import type { Compared } from './compare.js';

/** On one class: it pays there; it surely doesn't, or doesn't run; nothing can be said yet. */
export type ClassVerdict = 'holds' | 'absent' | 'undecided';

/** Of a change that the loop kept on its own class, over all others that it was measured on. */
export type TransferVerdict = 'holds everywhere' | 'holds on some' | 'only here' | 'undecided';

const ALPHA = 0.05;

const failsThere = ({ pairs, failed }: Compared): boolean => failed > 0 && failed >= pairs;

const verdictOf = (compared: Compared, pNothing: number, pLeast: number): ClassVerdict => {
  if (failsThere(compared)) return 'absent';
  const pays = pNothing <= ALPHA && (compared.gain ?? 0) > 0;
  // what fails on some seeds and gains on others isn't what was found
  if (pays && compared.failed === 0 && (compared.gain ?? 0) >= compared.minimum) return 'holds';
  return pLeast <= ALPHA ? 'absent' : 'undecided';
};

/**
 * Comparisons of one class, which are tested together: the chance that any of them is wrong stays within 5 %, for those
 * that hold and for those that don't. (Holm 1979.)
 */
export const classVerdicts = (compared: readonly Compared[]): ClassVerdict[] => {
  const nothing = holm(compared.map(({ pNothing }) => pNothing));
  const least = holm(compared.map(({ pLeast }) => pLeast));
  return compared.map((one, at) => verdictOf(one, nothing[at] ?? 1, least[at] ?? 1));
};

/** No number of one class meets one of another here: what is put together are verdicts. */
export const overClasses = (verdicts: readonly ClassVerdict[]): TransferVerdict => {
  if (verdicts.length === 0) return 'undecided';
  if (verdicts.every((one) => one === 'holds')) return 'holds everywhere';
  if (verdicts.includes('holds')) return 'holds on some';
  return verdicts.every((one) => one === 'absent') ? 'only here' : 'undecided';
};
