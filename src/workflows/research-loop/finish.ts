import type { Incumbent } from '../../contract/loop.js';
import type { RunRecord } from '../../contract/measurement.js';
import type { Outcome } from '../../contract/outcome.js';
import type { Prepared } from '../../contract/proposal.js';
import type { Evidence } from '../../domain/acceptance/rule.js';
import { RULES } from '../../domain/acceptance/rules.js';
import { emptyRow } from '../../domain/loop/experiment-row.js';
import { foldIncumbent } from '../../domain/loop/fold-incumbent.js';
import { recordVerdict } from '../../domain/loop/record-verdict.js';
import { isCurrent } from './lineage.js';
import type { Loop } from './loop.js';

export interface Verdict {
  outcome: Outcome;
  reason: string;
  measurements: RunRecord[];
  evidence: Evidence | null;
}

const valueOf = ({ evidence, measurements }: Verdict, rule: Loop['input']['task']['acceptance']['rule']) => {
  if (evidence !== null && evidence.candidate.length > 0) return RULES[rule].standing(evidence);
  const value = measurements.find(({ role }) => role === 'candidate')?.value ?? null;
  return value === null ? null : { value, n: 1 };
};

/** An experiment's end: the state takes it in at once, the ledger's row waits for the next batch. */
export const finish = (loop: Loop, prepared: Prepared, verdict: Verdict): void => {
  const { acceptance } = loop.input.task;
  const { outcome, reason, evidence, measurements } = verdict;
  const against = loop.state.incumbent;
  const standing = valueOf(verdict, acceptance.rule);
  let incumbent: Incumbent | null = null;
  if (outcome === 'keep' && prepared.status === 'ready' && standing !== null) {
    const { commit, experiment } = prepared;
    incumbent = { experiment, commit, branchCommit: commit, ...standing };
  } else if (against !== null && evidence !== null) {
    loop.state = { ...loop.state, incumbent: foldIncumbent(against, measurements) };
  }
  const row = emptyRow(loop.input.loop, prepared, {
    incumbent: against,
    base: against?.branchCommit ?? loop.input.source.baseCommit,
    proposedAt: prepared.proposedAt ?? Date.now(),
    settledAt: Date.now(),
  });
  const stale = prepared.status === 'ready' && row.baseKind === 'current' && !isCurrent(loop, prepared.base);
  loop.toSettle.push({
    ...row,
    baseKind: stale ? 'stale' : row.baseKind,
    outcome,
    reason,
    value: standing?.value ?? null,
    verdict: evidence === null ? null : { rule: acceptance.rule, options: acceptance, evidence },
    deviceClass: measurements[0]?.deviceClass ?? null,
    measurements,
  });
  loop.state = recordVerdict(loop.state, {
    experiment: prepared.experiment,
    idea: prepared.idea,
    usage: prepared.usage,
    value: standing?.value ?? null,
    outcome,
    reason,
    incumbent,
  });
  loop.inFlight.delete(prepared.experiment);
  loop.changed = true;
};
