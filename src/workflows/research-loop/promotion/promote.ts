import { CancellationScope, isCancellation, patched } from '@temporalio/workflow';
import { NO_USAGE, type Ready } from '../../../contract/proposal.js';
import { counted } from '../../../domain/format.js';
import { beginTest, guardTest } from '../../../domain/promotion/test-branch.js';
import { runTimeout } from '../activities.js';
import { confirmPromotion } from '../holdout/confirm-promotion.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import { askPerson } from './approve.js';
import { conduct, type PromotionVerdict } from './conduct.js';
import { finishPromotion } from './finish-promotion.js';
import { PROMOTION } from '../../../domain/promotion/promotion-proposer.js';
import { Trial } from './trial.js';
import { devicesOf } from '../../../domain/loop/run-cost.js';

const ideaOf = (branch: readonly string[]): string =>
  `promote ${counted(branch.length, 'change')}: ${branch.map((one) => `#${one}`).join(', ')}`;

const openTrial = (loop: Loop, measure: Measure): Trial | null => {
  const { promotion, trunk, incumbent: head, provisional } = loop.state;
  if (promotion === null || trunk === null || head === null) return null;
  const due = promotion.phase.kind === 'test' ? promotion : beginTest(promotion);
  const apart = due.options.evidence === 'bet' && patched('crashes apart from noise');
  const testing = guardTest(due, patched('spread of pairs'), apart);
  const prepared: Ready = {
    experiment: loop.state.next++,
    proposer: PROMOTION,
    idea: ideaOf(testing.branch),
    usage: NO_USAGE,
    status: 'ready',
    commit: head.commit,
    tree: '',
    base: trunk.branchCommit,
    baseKind: 'current',
    proposedAt: Date.now(),
  };
  return new Trial(loop, measure, { promotion: testing, trunk, head, provisional, prepared });
};

const verdictOf = async (trial: Trial): Promise<PromotionVerdict> => {
  const verdict = await conduct(trial);
  const asked =
    verdict.end === 'promoted' && trial.loop.input.task.approval ? await askPerson(trial, verdict) : verdict;
  return await confirmPromotion(trial, asked);
};

/** The branch against the trunk, as one experiment: it takes a number and a unit of the budget. */
export const promote = async (loop: Loop, measure: Measure): Promise<void> => {
  const trial = openTrial(loop, measure);
  if (trial === null) return;
  const { task } = loop.input;
  const scope = new CancellationScope({ cancellable: true });
  loop.inFlight.set(trial.prepared.experiment, {
    stage: 'running',
    idea: trial.prepared.idea,
    waitingFor: 'device',
    scope,
    deviceSeconds: Math.min(runTimeout(task), task.run.budget) * devicesOf(task),
    dollars: 0,
    tokens: 0,
  });
  trial.publish();
  try {
    finishPromotion(trial, await scope.run(() => verdictOf(trial)));
  } catch (error) {
    if (!isCancellation(error)) throw error;
    finishPromotion(trial, { outcome: 'cancelled', reason: 'stopped while it ran', end: 'stopped' });
  }
};
