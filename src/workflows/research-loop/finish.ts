import type { HoldoutWord } from '../../contract/holdout.js';
import type { Incumbent } from '../../contract/loop.js';
import type { RunRecord } from '../../contract/measurement.js';
import type { Outcome } from '../../contract/outcome.js';
import type { Prepared, Ready } from '../../contract/proposal.js';
import type { Evidence } from '../../domain/acceptance/rule.js';
import { RULES } from '../../domain/acceptance/rules.js';
import { foldIncumbent } from '../../domain/loop/fold-incumbent.js';
import { isUnjudged } from '../../domain/steering/unjudged.js';
import { takeScout } from '../../domain/promotion/take-scout.js';
import { isTakenBack, TAKEN_BACK } from './alarms/taken-back.js';
import { watchRow } from './alarms/watch-row.js';
import type { Loop } from './loop.js';
import { settleRow } from './settle-row.js';

export interface Verdict {
  outcome: Outcome;
  reason: string;
  measurements: RunRecord[];
  evidence: Evidence | null;
  /** what the holdout said of it, where it was asked */
  holdout?: HoldoutWord;
}

/** What it stands on once it is kept. */
export const standingOf = ({ input }: Loop, { evidence, measurements }: Verdict) => {
  const { rule } = input.task.acceptance;
  if (evidence !== null && evidence.candidate.length > 0) return RULES[rule].standing(evidence);
  const value = measurements.find(({ role }) => role === 'candidate')?.value ?? null;
  return value === null ? null : { value, n: 1 };
};

/** Under branch + promote a candidate that ran is a scout, whatever became of it; one that was cancelled never ran. */
const scouted = (loop: Loop, prepared: Ready, { outcome, measurements }: Verdict): void => {
  const { promotion, trunk, incumbent, provisional } = loop.state;
  if (promotion === null || trunk === null || incumbent === null) return;
  if (isUnjudged(prepared)) return;
  if (outcome === 'cancelled' || measurements.length === 0 || promotion.phase.kind !== 'scout') return;
  const { experiment, base, commit } = prepared;
  const ok = outcome === 'provisional' || outcome === 'discard';
  const value = ok ? (measurements.find(({ role }) => role === 'candidate')?.value ?? null) : null;
  const { direction } = loop.input.task.measure.metric;
  const scout = { experiment, base, commit, value, direction };
  loop.state = { ...loop.state, ...takeScout({ trunk, promotion, provisional }, incumbent, scout) };
};

const KEEPS: readonly Outcome[] = ['keep', 'provisional'];

/** Kept, it would bring back what was taken back; a run that was cancelled may still have come to its end. */
const unlessTakenBack = (loop: Loop, prepared: Prepared, verdict: Verdict): Verdict =>
  KEEPS.includes(verdict.outcome) && isTakenBack(loop, prepared)
    ? { ...verdict, outcome: 'cancelled', reason: TAKEN_BACK, evidence: null }
    : verdict;

/** An experiment's end: the state takes it in at once, the ledger's row waits for the next batch. Returns its outcome. */
export const finish = (loop: Loop, prepared: Prepared, asJudged: Verdict): Outcome => {
  const { acceptance } = loop.input.task;
  const verdict = unlessTakenBack(loop, prepared, asJudged);
  const { outcome, reason, evidence, measurements, holdout } = verdict;
  const against = loop.state.incumbent;
  const standing = isUnjudged(prepared) ? null : standingOf(loop, verdict);
  let incumbent: Incumbent | null = null;
  if (outcome === 'keep' && prepared.status === 'ready' && standing !== null) {
    const { commit, experiment } = prepared;
    incumbent = { experiment, commit, branchCommit: commit, ...standing };
  } else if (loop.state.promotion === null && against !== null && evidence !== null) {
    loop.state = { ...loop.state, incumbent: foldIncumbent(against, measurements) };
  }
  settleRow(loop, prepared, {
    outcome,
    reason,
    value: standing?.value ?? null,
    verdict:
      evidence === null
        ? null
        : {
            rule: acceptance.rule,
            options: acceptance,
            evidence: holdout === undefined ? evidence : { ...evidence, holdout },
          },
    measurements,
    against,
    incumbent,
  });
  if (prepared.status === 'ready') scouted(loop, prepared, verdict);
  const before = incumbent === null ? null : against;
  const duplicateOf = prepared.status === 'duplicate' ? (prepared.duplicateOf ?? null) : null;
  watchRow(loop, { experiment: prepared.experiment, outcome, reason, measurements, duplicateOf, before });
  return outcome;
};
