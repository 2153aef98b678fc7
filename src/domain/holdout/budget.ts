import type {
  AuditEntry,
  AuditRecord,
  FailureSeen,
  HoldoutBudget,
  Queried,
  Scored,
} from '../../contract/audit.js';
import type { HoldoutVerdict } from '../../contract/steward.js';
import { bitsOf, PASS_ANSWERS } from './bit-budget.js';

export interface Used {
  queries: number;
  passes: number;
  bits: number;
  /** questions that were begun and have no answer yet: each may still cost a pass */
  pending: number;
}

export const suiteBudget = (queries: number, passes: number): HoldoutBudget => ({
  queries,
  passes: Math.min(passes, queries),
  bits: bitsOf({ queries, passes: Math.min(passes, queries), answers: PASS_ANSWERS }),
});

/** What an answer costs: its share of the transcripts that the budget allows; `undecided` costs a question only. */
export const charge = (budget: HoldoutBudget, verdict: HoldoutVerdict): number =>
  verdict === 'undecided' ? 0 : budget.bits / budget.passes;

type Entry = AuditEntry | AuditRecord;

/** An alarm that was told: one more answer that isn't `undecided`. */
const isTold = (one: Entry): one is Entry & FailureSeen =>
  one.kind === 'alarm' && 'score' in one && one.bitsReleased > 0;

/** What was used of a suite's version, counted from the log. */
export const usedOf = (entries: readonly Entry[], suite: string): Used => {
  const queries = entries.filter(
    (one): one is Entry & Queried => one.kind === 'query' && one.suite === suite,
  );
  const scores = entries.filter((one): one is Entry & Scored => one.kind === 'score' && one.suite === suite);
  const told = entries.filter(isTold).filter((one) => one.suite === suite);
  return {
    queries: queries.length,
    passes: scores.filter(({ verdict }) => verdict !== 'undecided').length + told.length,
    bits: [...scores, ...told].reduce((sum, { bitsReleased }) => sum + bitsReleased, 0),
    pending: queries.length - scores.length,
  };
};

export const leftOf = (
  budget: HoldoutBudget,
  used: Pick<Used, 'queries' | 'passes'>,
): { queries: number; passes: number } => ({
  queries: Math.max(0, budget.queries - used.queries),
  passes: Math.max(0, budget.passes - used.passes),
});

/** Passes that no question which was begun may still need: one that died half-way is answered before new ones are. */
export const freePasses = (budget: HoldoutBudget, used: Used): number =>
  leftOf(budget, used).passes - used.pending;

/** A question may be asked while every answer to it could be paid for. */
export const mayAsk = (budget: HoldoutBudget, used: Used): boolean =>
  leftOf(budget, used).queries > 0 && freePasses(budget, used) > 0;
