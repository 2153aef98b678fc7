import type { Prepared } from '../../contract/proposal.js';
import { emptyRow } from '../../domain/loop/experiment-row.js';
import { recordVerdict } from '../../domain/loop/record-verdict.js';
import { isAgain } from '../../domain/steering/unjudged.js';
import type { Ending } from './ending.js';
import type { Loop } from './loop.js';
import { forgetEnds } from './research/ends.js';
import { takeIn } from './steering/take-in.js';

/** Queues the ledger's row of an experiment and lets the state remember its verdict. */
export const settleRow = (loop: Loop, prepared: Prepared, ending: Ending): void => {
  const { outcome, reason, value, verdict, measurements, against, incumbent } = ending;
  const row = emptyRow(loop.input.loop, prepared, {
    incumbent: against,
    base: against?.branchCommit ?? loop.input.source.baseCommit,
    proposedAt: prepared.proposedAt ?? Date.now(),
    settledAt: Date.now(),
  });
  const onAgainst =
    against === null
      ? row.base === loop.input.source.baseCommit
      : row.base === against.commit || row.base === against.branchCommit;
  const stale = prepared.status === 'ready' && row.baseKind === 'current' && !onAgainst;
  loop.toSettle.push({
    ...row,
    tree: row.tree === '' ? null : row.tree,
    baseKind: stale ? 'stale' : row.baseKind,
    outcome,
    reason,
    value,
    verdict,
    deviceClass: measurements[0]?.deviceClass ?? null,
    measurements,
    ...(prepared.steering === undefined ? {} : { steering: prepared.steering }),
  });
  takeIn(loop, prepared, ending);
  loop.state = recordVerdict(loop.state, {
    experiment: prepared.experiment,
    idea: prepared.idea,
    usage: prepared.usage,
    value,
    outcome,
    reason,
    incumbent,
    // runs that were never begun aren't paid for
    took: isAgain(prepared) ? Math.max(1, measurements.length) : 1,
  });
  loop.inFlight.delete(prepared.experiment);
  forgetEnds(loop, prepared.experiment);
  // its files were not tried to an end
  if (outcome === 'cancelled') loop.takenIn.delete(prepared.experiment);
  loop.changed = true;
};
