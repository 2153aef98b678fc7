import type { AuditRecord, FailureSeen, Scored, Sealed } from '../../contract/audit.js';
import { failureAt } from '../../domain/audit/watch-claims.js';
import { freePasses, leftOf, usedOf } from '../../domain/holdout/budget.js';
import { readNumbers } from '../../storage/vault/index.js';
import type { StewardDeps } from './deps.js';

/** What this answer and those before it show of the loop; written down once, and paid for like any answer. */
export const watchClaims = async (
  deps: StewardDeps,
  seal: Sealed,
  score: AuditRecord & Scored,
): Promise<(AuditRecord & FailureSeen) | null> => {
  const records = await deps.audit.records();
  const before = records.find((one) => one.kind === 'alarm' && 'score' in one && one.score === score.i);
  if (before !== undefined) return before as AuditRecord & FailureSeen;
  const what = failureAt(records, score, (hash) => readNumbers(deps.root, hash));
  const query = records[score.query];
  if (what === null || query?.kind !== 'query') return null;
  const used = usedOf(records, score.suite);
  const paid = freePasses(seal.budget, used) > 0;
  const left = leftOf(seal.budget, { ...used, passes: used.passes + 1 });
  const record = await deps.audit.append({
    kind: 'alarm',
    what,
    about: score.question,
    suite: score.suite,
    loop: query.loop,
    score: score.i,
    bitsReleased: paid ? seal.budget.bits / seal.budget.passes : 0,
    queriesLeft: left.queries,
    passesLeft: left.passes,
  });
  return record as AuditRecord & FailureSeen;
};
