import { condition } from '@temporalio/workflow';
import type { HoldoutWord } from '../../../contract/holdout.js';
import type { Outcome } from '../../../contract/outcome.js';
import { budgetLeft, NOTHING_RESERVED } from '../../../domain/loop/budget.js';
import { outOfTime } from '../../../domain/loop/stop-reason.js';
import type { PromotionEnd } from '../../../domain/promotion/after-promotion.js';
import { sinceSet } from '../../../domain/promotion/step-test.js';
import { testInWords, type Tested } from '../../../domain/promotion/test-in-words.js';
import { wonInWords } from '../../../domain/promotion/won-in-words.js';
import { wantedOf } from '../../../domain/promotion/wanted.js';
import type { Loop } from '../loop.js';
import { measurePairs } from './measure-pairs.js';
import { measureStanding } from './measure-standing.js';
import { seal } from './seal.js';
import type { Trial } from './trial.js';
import { runCost } from '../../../domain/loop/run-cost.js';

/** How a promotion ended. */
export interface PromotionVerdict {
  outcome: Outcome;
  reason: string;
  end: PromotionEnd;
  /** what the holdout said of the new trunk, where it was asked */
  holdout?: HoldoutWord;
}

/** The test as it was measured, for words and for whoever decides it again. */
export const testedBy = ({ begun, pairs, loop }: Trial): Tested => {
  const { promotion } = begun;
  return {
    options: promotion.options,
    alpha: promotion.phase.kind === 'test' ? promotion.phase.alpha : promotion.options.alpha,
    direction: loop.input.task.measure.metric.direction,
    pairs: pairs.filter(({ stage }) => stage === 'test'),
    before: sinceSet(promotion),
  };
};

/** Pairs are begun whole: where devices have time for one arm only, the loop is at its end. */
const outOfPairs = ({ state, input: { task } }: Loop): string | null => {
  const { deviceSeconds } = budgetLeft(state, NOTHING_RESERVED, Date.now());
  const runs = 2 * Math.max(1, Math.floor(task.concurrency / 2));
  return deviceSeconds < runs * runCost(task) ? 'budget spent: no pair of runs can be paid for' : null;
};

const stopped = (trial: Trial, isPair: boolean): PromotionVerdict | null => {
  const { loop } = trial;
  const spent = outOfTime(loop.state, loop.input.task, Date.now());
  if (isPair) loop.stopping ??= spent ?? outOfPairs(loop);
  const why = loop.stopping ?? spent;
  if (why === null) return null;
  const { measured } = testInWords(testedBy(trial));
  return {
    outcome: 'inconclusive',
    reason: `stopped before it could say: ${why}; ${measured}`,
    end: 'stopped',
  };
};

/** Test, leave-one-out, seal and standing: whatever the machine wants next, until it scouts again. */
export const conduct = async (trial: Trial): Promise<PromotionVerdict> => {
  const { loop } = trial;
  let left: readonly string[] = trial.state.branch;
  for (;;) {
    await condition(() => loop.state.phase !== 'paused' || loop.stopping !== null);
    const wanted = wantedOf(trial.state);
    if (wanted.kind === 'scout') {
      return trial.sealed === null
        ? { ...testInWords(testedBy(trial)).lost, end: 'lost' }
        : {
            outcome: 'keep',
            reason: wonInWords(testedBy(trial), { branch: trial.begun.promotion.branch, left }),
            end: 'promoted',
          };
    }
    if (wanted.kind === 'none') return { outcome: 'inconclusive', reason: wanted.reason, end: 'given-up' };
    const ended = stopped(trial, wanted.kind === 'pair');
    if (ended !== null) return ended;
    if (wanted.kind === 'pair') await measurePairs(trial, wanted);
    else if (wanted.kind === 'run') await measureStanding(trial, wanted.seed);
    else {
      left = wanted.artifact.changes;
      const refused = await seal(trial, wanted.artifact);
      if (refused !== null) return { ...refused, end: 'given-up' };
    }
  }
};
