import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { RunRecord } from '../../contract/measurement.js';
import { judgeCanary, withNoOp, type Perch } from '../../domain/epoch/judge-canary.js';
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

/**
 * What the other canaries change: the artifact that the evaluator was committed with. It is the baseline itself but for
 * a fork, whose baseline somebody has improved already.
 */
const groundOf = async (run: Run, { input }: Loop, perch: Perch): Promise<Perch | string> => {
  const { baseCommit, evaluatorCommit } = input.source;
  if (baseCommit === evaluatorCommit) return perch;
  const { status, value, detail } = await run(evaluatorCommit, 'the artifact that the evaluator came with');
  return status === 'ok' && value !== null
    ? { ...perch, baseline: { value, n: 1 } }
    : `the artifact that the evaluator came with ended as ${status}: ${detail}`;
};

type Run = (commit: string, what: string) => Promise<RunRecord>;

/** Runs candidates of experiment 0, each on a seed of its own. */
const runner = (
  loop: Loop,
  measure: Measure,
  { noise, begun }: Perch & { begun: number },
): { run: Run; records: RunRecord[] } => {
  const records: RunRecord[] = [];
  const run: Run = async (commit, what) => {
    const index = records.length;
    // without noise, or before any is known, only the same seed is the same task
    const seed = noise.n > 1 && noise.sigma > 0 ? begun + index : 0;
    const plan = { experiment: 0, role: 'candidate' as const, index, commit, guards: false, seed };
    const record = await measure(loop, plan, what);
    records.push(record);
    return record;
  };
  return { run, records };
};

/** Scores artifacts whose worth is known, as candidates of experiment 0: nobody searches with an evaluator that fails this. */
export const singCanaries = async (
  loop: Loop,
  measure: Measure,
  { value, n, noise, crashes }: Extract<Baseline, { ok: true }>,
): Promise<Song> => {
  const { canaries: asked, measure: measured } = loop.input.task;
  if (asked === undefined) return NO_SONG;
  const canaries = withNoOp(asked);
  const commits = await planted(loop, canaries);
  if (typeof commits === 'string') return { ...NO_SONG, touched: commits };
  const perch: Perch = { direction: measured.metric.direction, baseline: { value, n }, noise };
  const { run, records } = runner(loop, measure, { ...perch, begun: n + crashes });
  const ground = canaries.length > 1 ? await groundOf(run, loop, perch) : perch;
  if (typeof ground === 'string') return { records, words: '', touched: ground };
  const touched: string[] = [];
  for (const [index, canary] of canaries.entries()) {
    const record = await run(commits[index] ?? '', `canary: ${canary.kind}`);
    const why = judgeCanary(canary, record, canary.kind === 'no-op' ? perch : ground);
    if (why !== null) touched.push(why);
  }
  return {
    records,
    words: `; ${String(canaries.length - touched.length)} of ${String(canaries.length)} canaries sing`,
    touched: touched.length === 0 ? null : touched.join('; '),
  };
};
