import { readFile } from 'node:fs/promises';
import type { Trace } from '../domain/gates/loop-so-far.js';

let read: Promise<readonly Trace[]> | undefined;

/** Loops that were stuck, as `scripts/record-stuck-traces.mjs` recorded them: the probes of gate G6. */
export const stuckTraces = (): Promise<readonly Trace[]> =>
  (read ??= readFile(new URL('stuck-traces.json', import.meta.url), 'utf8').then(
    (text) => JSON.parse(text) as readonly Trace[],
  ));
