import type { Incumbent } from '../../../contract/loop.js';
import { type BranchState, onTrunk } from '../../../domain/promotion/branch-state.js';
import { giveUp } from '../../../domain/promotion/give-up.js';
import { mean } from '../../../domain/statistics.js';
import { tellSteward } from '../holdout/tell-steward.js';
import { settleRow } from '../settle-row.js';
import { type PromotionVerdict, testedBy } from './conduct.js';
import type { Trial } from './trial.js';

/** What the row shows: the new trunk's fresh runs, else the branch's in the test. */
const valueOf = ({ standing, pairs, sealed }: Trial): number | null => {
  const measured = pairs.flatMap(({ stage, left }) => (stage === 'test' && left !== null ? [left] : []));
  const values = sealed !== null && standing.length > 0 ? standing.map(({ value }) => value) : measured;
  return values.length === 0 ? null : mean(values);
};

const newTrunk = ({ prepared, standing }: Trial): Incumbent => ({
  experiment: prepared.experiment,
  commit: prepared.commit,
  branchCommit: prepared.commit,
  value: mean(standing.map(({ value }) => value)),
  n: standing.length,
});

/** Trunk and branch after a promotion; stopped, the branch is as it was and only its seeds are used up. */
const afterwards = (trial: Trial, { end }: PromotionVerdict, trunk: Incumbent): BranchState => {
  const { begun, state, loop } = trial;
  const { direction } = loop.input.task.measure.metric;
  if (end === 'promoted' || end === 'lost') return onTrunk(state, trunk, direction);
  if (end === 'given-up') return onTrunk(giveUp(begun.promotion, state), trunk, direction);
  return {
    promotion: { ...begun.promotion, nextSeed: state.nextSeed },
    trunk,
    incumbent: loop.state.incumbent,
    provisional: [...begun.provisional],
  };
};

/** A promotion's row, and trunk and branch as they are from now on. */
export const finishPromotion = (trial: Trial, verdict: PromotionVerdict): void => {
  const { loop, prepared, begun, records, pairs, standing } = trial;
  const { outcome, reason, end, holdout } = verdict;
  const { acceptance } = loop.input.task;
  const promoted = end === 'promoted' ? newTrunk(trial) : null;
  const { options, alpha, direction } = testedBy(trial);
  const evidence = {
    promotion: { options, alpha, direction, branch: begun.promotion.branch, pairs, standing },
    ...(holdout === undefined ? {} : { holdout }),
  };
  settleRow(loop, prepared, {
    outcome,
    reason,
    value: valueOf(trial),
    verdict: { rule: acceptance.rule, options: acceptance, evidence },
    measurements: records,
    against: begun.trunk,
    incumbent: promoted,
  });
  loop.promoting = null;
  loop.state = { ...loop.state, ...afterwards(trial, verdict, promoted ?? begun.trunk) };
  if (promoted === null || holdout == null || holdout.record === null) return;
  const { experiment, commit: candidate } = prepared;
  void tellSteward(loop, { experiment, kind: 'promote', candidate, records: [holdout.record] });
};
