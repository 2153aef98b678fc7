import { condition } from '@temporalio/workflow';
import type { HoldoutWord } from '../../../contract/holdout.js';
import type { Outcome } from '../../../contract/outcome.js';
import { outOfTime } from '../../../domain/loop/stop-reason.js';
import { falseRate, testInWords, type Tested } from '../../../domain/promotion/test-in-words.js';
import { wantedOf } from '../../../domain/promotion/wanted.js';
import { measurePairs } from './measure-pairs.js';
import { measureStanding } from './measure-standing.js';
import { seal } from './seal.js';
import type { Trial } from './trial.js';

/** How a promotion ended. */
export interface PromotionVerdict {
  outcome: Outcome;
  reason: string;
  /** promoted: the machine's state stands. lost: it is back on the old trunk. given-up: it must be brought back. stopped: the branch waits for another test */
  end: 'promoted' | 'lost' | 'given-up' | 'stopped';
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
  };
};

const droppedInWords = ({ begun }: Trial, left: readonly string[]): string => {
  const dropped = begun.promotion.branch.filter((change) => !left.includes(change));
  return dropped.length === 0
    ? ''
    : `; without ${dropped.map((one) => `#${one}`).join(', ')}, whose loss costs less than the margin`;
};

const wordsFor = (trial: Trial, left: readonly string[]): string => {
  const tested = testedBy(trial);
  return `${testInWords(tested).measured}; ${falseRate(tested)}${droppedInWords(trial, left)}`;
};

const stopped = (trial: Trial): PromotionVerdict | null => {
  const { loop } = trial;
  const why = loop.stopping ?? outOfTime(loop.state, loop.input.task, Date.now());
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
        : { outcome: 'keep', reason: wordsFor(trial, left), end: 'promoted' };
    }
    if (wanted.kind === 'none') return { outcome: 'inconclusive', reason: wanted.reason, end: 'given-up' };
    const ended = stopped(trial);
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
