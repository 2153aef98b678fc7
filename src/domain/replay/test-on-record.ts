import { stepPromotion } from '../acceptance/promotion.js';
import { counted } from '../format.js';
import type { PromotionState } from '../../contract/promotion.js';
import type { TestedBranch } from './promotion-replay.js';
import { GUARD_INDEX, type RecordedExperiment } from './recorded.js';

type Pair = { left: number | null; right: number | null };

/** What a record has to decide a promotion by. */
export interface Ledger {
  /** candidates by commit */
  rows: ReadonlyMap<string, RecordedExperiment>;
  /** recorded promotions */
  tests: readonly RecordedExperiment[];
  /** -1 where lower is better */
  sign: number;
}

/** Pairs that the record has of the branch's head beside the trunk, on seeds that chose neither; higher is better. */
const pairsOf = (head: string, trunk: string, { rows, tests, sign }: Ledger): Pair[] => {
  const scored = (run: { status: string; value: number | null }): number | null =>
    run.status === 'ok' && run.value !== null ? sign * run.value : null;
  const own = rows.get(head);
  return [...(own === undefined ? [] : [own]), ...tests].flatMap(({ measurements }) =>
    measurements
      .filter(({ role, commit }) => role === 'incumbent' && commit === trunk)
      .flatMap((their) => {
        const ours = measurements.find(
          ({ role, index, commit }) => role === 'candidate' && commit === head && index === their.index,
        );
        if (their.index === 0 || their.index === GUARD_INDEX || ours === undefined) return [];
        return [{ left: scored(ours), right: scored(their) }];
      }),
  );
};

/** A trunk that the record has no fresh runs of stands on the value that it was scouted with. */
const goOnFrom = (state: PromotionState, head: string): PromotionState => ({
  ...state,
  trunk: { base: head, changes: [] },
  standing: [{ seed: state.nextSeed, value: state.best ?? 0 }],
  branch: [],
  scouted: 0,
  phase: { kind: 'scout' },
});

/** The promotion test as far as the record goes; one that it can't decide is taken as the recorded loop took it. */
export const testOnRecord = (
  state: PromotionState,
  ledger: Ledger,
): { state: PromotionState; tested: Omit<TestedBranch, 'after'> } => {
  const head = state.branch.at(-1) ?? state.trunk.base;
  const branch = state.branch.map((commit) => ledger.rows.get(commit)?.experiment ?? 0);
  const pairs = pairsOf(head, state.trunk.base, ledger);
  const counts = { branch, pairs: pairs.length };
  let now = state;
  for (const pair of pairs) {
    now = stepPromotion(now, { kind: 'paired', ...pair }).state;
    const { kind } = now.phase;
    if (kind === 'test') continue;
    const reason = `by ${counted(pairs.length, 'recorded pair')}`;
    return kind === 'seal'
      ? { state: goOnFrom(now, head), tested: { ...counts, verdict: 'promoted', reason } }
      : { state: now, tested: { ...counts, verdict: 'reset', reason } };
  }
  const reason = `the record has ${counted(pairs.length, 'pair')} of #${String(branch.at(-1))} and the trunk: not enough to say`;
  return { state: goOnFrom(state, head), tested: { ...counts, verdict: 'unknown', reason } };
};
