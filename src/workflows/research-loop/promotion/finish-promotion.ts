import type { Incumbent } from '../../../contract/loop.js';
import { afterPromotion, type Aftermath } from '../../../domain/promotion/after-promotion.js';
import { mean } from '../../../domain/statistics.js';
import { goBack } from '../alarms/go-back.js';
import { watchRow } from '../alarms/watch-row.js';
import type { Loop } from '../loop.js';
import { retestRule } from '../self-test.js';
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

const aftermathOf = (
  { loop, begun, pairs, state: now }: Trial,
  { end }: PromotionVerdict,
  promoted: Incumbent | null,
): Aftermath => {
  const { acceptance, measure } = loop.input.task;
  const { noise, incumbent } = loop.state;
  const { promotion, trunk, provisional } = begun;
  return afterPromotion(
    {
      end,
      begun: { promotion, trunk, incumbent, provisional: [...provisional] },
      now,
      trunk: promoted ?? trunk,
      pairs,
    },
    { acceptance, noise, direction: measure.metric.direction },
  );
};

/** Trunk, branch and noise from now on; promotions that don't stand under it are taken back, to be tested again. */
const goOn = (loop: Loop, { state, noise, back }: Aftermath): void => {
  loop.promoting = null;
  loop.state = { ...loop.state, ...state, noise };
  if (back === undefined) return;
  goBack(loop, back.to);
  loop.state = { ...loop.state, ...back.state };
};

/** A promotion's row, and trunk and branch as they are from now on. */
export const finishPromotion = (trial: Trial, verdict: PromotionVerdict): void => {
  const { loop, prepared, begun, records, pairs, standing } = trial;
  const { outcome, end, holdout } = verdict;
  const { acceptance } = loop.input.task;
  const promoted = end === 'promoted' ? newTrunk(trial) : null;
  const { options, alpha, direction } = testedBy(trial);
  const after = aftermathOf(trial, verdict, promoted);
  const reason = verdict.reason + after.words;
  const evidence = {
    promotion: { options, alpha, direction, branch: begun.promotion.branch, pairs, standing },
    ...(promoted === null ? {} : { promoted: trial.changes }),
    ...(after.anew === undefined ? {} : { anew: after.anew }),
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
  goOn(loop, after);
  if (after.anew !== undefined) loop.event('notice', `#${String(prepared.experiment)}: ${reason}`);
  if (promoted !== null && after.back === undefined) retestRule(trial);
  const before = promoted === null ? null : begun.trunk;
  const row = { experiment: prepared.experiment, outcome, reason, measurements: records };
  watchRow(loop, { ...row, duplicateOf: null, before });
  if (promoted === null || holdout == null || holdout.record === null) return;
  const { experiment, commit: candidate } = prepared;
  void tellSteward(loop, { experiment, kind: 'promote', candidate, records: [holdout.record] });
};
