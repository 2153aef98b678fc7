import type { Measurement } from '../../contract/measurement.js';
import { hasCrashed } from '../evidence/has-crashed.js';

/** So many runs with one and the same value are taken to show that there is no noise. */
const ENOUGH = 3;

type Run = Pick<Measurement, 'status' | 'value'>;

/** Whether repeats show a metric without noise; crashes between them are no noise of it. */
const isStill = (values: readonly (number | null)[]): boolean =>
  values.length >= ENOUGH && values.every((value) => value === values[0]);

/**
 * Whether the unchanged artifact is to be run once more: until as many runs as the rule wants gave a score, unless
 * nothing varies. One that crashed is made up for on another seed; after a first run that did, after one that is no
 * crash, and after as many crashes as scores were wanted, nothing is.
 */
export const anotherRepeat = (
  runs: readonly Run[],
  wanted: number,
  { exactly = false }: { exactly?: boolean } = {},
): boolean => {
  const scored = runs.filter(({ status }) => status === 'ok');
  if (runs[0] !== undefined && runs[0].status !== 'ok') return false;
  if (runs.some(({ status }) => status !== 'ok' && !hasCrashed(status))) return false;
  if (runs.length - scored.length >= wanted) return false;
  return scored.length < wanted && (exactly || !isStill(scored.map(({ value }) => value)));
};
