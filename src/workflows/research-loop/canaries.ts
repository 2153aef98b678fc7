import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { RunRecord } from '../../contract/measurement.js';
import { judgeCanary, withNoOp } from '../../domain/epoch/judge-canary.js';
import type { Baseline } from '../../domain/loop/read-baseline.js';
import { plant } from './activities.js';
import type { Loop } from './loop.js';
import type { Measure } from './measure.js';

/** What the canaries said of the evaluator. */
export interface Song {
  records: RunRecord[];
  /** '' where none were asked for */
  words: string;
  /** why the evaluator is not to be believed; null: it may be */
  touched: string | null;
}

export const NO_SONG: Song = { records: [], words: '', touched: null };

const planted = async (
  { input }: Loop,
  canaries: ReturnType<typeof withNoOp>,
): Promise<string[] | string> => {
  const { loop, task, source } = input;
  try {
    return (await plant({ loop, task, source, canaries })).commits;
  } catch (error) {
    const { cause } = error instanceof ActivityFailure ? error : {};
    if (cause instanceof ApplicationFailure && cause.type === 'BadCanary') return cause.message;
    throw error;
  }
};

/** Scores artifacts whose worth is known, as candidates of experiment 0: nobody searches with an evaluator that fails this. */
export const singCanaries = async (
  loop: Loop,
  measure: Measure,
  baseline: Extract<Baseline, { ok: true }>,
): Promise<Song> => {
  const { canaries: asked, measure: measured } = loop.input.task;
  if (asked === undefined) return NO_SONG;
  const canaries = withNoOp(asked);
  const commits = await planted(loop, canaries);
  if (typeof commits === 'string') return { ...NO_SONG, touched: commits };
  const { value, n, noise } = baseline;
  const perch = { direction: measured.metric.direction, baseline: { value, n }, noise };
  const records: RunRecord[] = [];
  const touched: string[] = [];
  for (const [index, canary] of canaries.entries()) {
    // without noise, or before any is known, only the same seed is the same task
    const seed = noise.n > 1 && noise.sigma > 0 ? n + index : 0;
    const commit = commits[index] ?? '';
    const plan = { experiment: 0, role: 'candidate' as const, index, commit, guards: false, seed };
    const record = await measure(loop, plan, `canary: ${canary.kind}`);
    records.push(record);
    const why = judgeCanary(canary, record, perch);
    if (why !== null) touched.push(why);
  }
  return {
    records,
    words: `; ${String(canaries.length - touched.length)} of ${String(canaries.length)} canaries sing`,
    touched: touched.length === 0 ? null : touched.join('; '),
  };
};
