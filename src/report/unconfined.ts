import type { RunRecord } from '../contract/measurement.js';
import { byChildLoops } from '../domain/research/by-child-loops.js';

/** Whether a run had no sandbox. A measurement by child loops ran nothing itself: theirs say it of their own runs. */
export const unconfined = (run: Pick<RunRecord, 'sandbox' | 'device'>): boolean =>
  run.sandbox === 'none' && !byChildLoops(run);
