import { eValueInWords } from '../evidence/e-value-in-words.js';
import { logE } from '../evidence/evidence.js';
import { counted, formatSpread } from '../format.js';
import { gain, type Direction } from '../score.js';
import { mean } from '../statistics.js';
import { inWords } from './gains.js';
import type { Proof, Proven, Sample } from './rule.js';

export interface Compared {
  direction: Direction;
  /** fresh runs of the incumbent */
  incumbent: readonly Sample[];
  /** seeds on which the incumbent failed */
  failed: ReadonlySet<number>;
  /** the smallest mean gain that counts */
  needed: number;
  /** chance that an incumbent which is no better is taken for proven */
  alpha: number;
}

const told = (proven: Proven, holds: boolean, words: string): Proof => ({ ...proven, holds, words });

/**
 * One decision on all pairs by the t e-value, which needs no sd that is known: P(E >= 1/alpha) <= alpha where the mean
 * gain is none and differences are normal (Ville). A failure where the proven one runs is no proof, whatever the others say.
 */
export const putToProof = (
  proven: Proven,
  { direction, incumbent, failed, needed, alpha }: Compared,
): Proof => {
  const crashed = proven.runs.find(({ index }) => failed.has(index));
  if (crashed !== undefined)
    return told(proven, false, 'it failed on a fresh seed on which the unchanged artifact ran');
  const before = new Map(proven.runs.map(({ index, value }) => [index, value]));
  const gains = incumbent.flatMap(({ index, value }) => {
    const other = before.get(index);
    return other === undefined ? [] : [gain({ value, direction }, { value: other, direction })];
  });
  const pairs = counted(gains.length, 'pair');
  if (gains.length < 2) return told(proven, false, `${pairs} could be measured`);
  const strength = logE('t', gains, { sd: 1, delta: 1, tau: 1, bound: 1 });
  const better = mean(gains);
  const holds = better > 0 && better >= needed && strength >= -Math.log(alpha);
  const words = `${inWords(better)} over ${pairs}, e-value ${eValueInWords(strength)} of ${formatSpread(1 / alpha)}`;
  return told(proven, holds, words);
};

const named = (keeps: readonly number[]): string => keeps.map((one) => `#${String(one)}`).join(', ');

/** The event that tells which keeps stand and which are taken back. */
export const proofInWords = (
  { holds, words }: Proof,
  incumbent: number,
  keeps: readonly number[],
): string => {
  const [it, all] = [named([incumbent]), named(keeps.includes(incumbent) ? keeps : [...keeps, incumbent])];
  return holds
    ? `${all} kept while the metric was taken for still: put to the proof, and ${it} stands: ${words} with the unchanged artifact`
    : `${all} kept while the metric was taken for still: put to the proof and taken back, since ${it} is not shown to be better than the unchanged artifact: ${words}`;
};
