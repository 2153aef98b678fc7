import type { ContestState, Fate } from '../../contract/contest.js';
import type { Outcome } from '../../contract/outcome.js';
import { inWords } from '../acceptance/gains.js';
import { crashRateInWords } from '../evidence/clean-runs.js';
import { eValueInWords } from '../evidence/e-value-in-words.js';
import { logE } from '../evidence/evidence.js';
import { counted, formatSpread } from '../format.js';
import { mean } from '../statistics.js';
import { gainsOf } from './gains-of.js';
import { outcomeOf } from '../evidence/outcome-of.js';

export interface ContestVerdict {
  arm: number;
  outcome: Outcome;
  reason: string;
  /** mean gain over the incumbent on the seeds that it was judged by; null where there are none */
  gain: number | null;
}

const NAMES = { race: 'race', halving: 'halving', hyperband: 'hyperband' } as const;

const of = ({ options }: ContestState): string =>
  `the ${NAMES[options.rule]} of ${counted(options.arms, 'candidate')}`;

const measured = (state: ContestState, arm: number): string => {
  const d = gainsOf(state, arm);
  if (d.length === 0) return 'no pair with the incumbent';
  const { process, options, alpha } = state.options.test;
  const strength = options.sd === 0 ? 0 : logE(process, d, options);
  const pairs = state.options.rule === 'race' ? 'shared seed' : 'fresh pair';
  return `${inWords(mean(d))} over ${counted(d.length, pairs)}, e-value ${eValueInWords(strength)} of ${formatSpread(1 / alpha)} (${process})`;
};

/** What its runs at the whole budget leave possible; where it crashed the incumbent did too. */
const crashesOf = ({ blocks }: ContestState, arm: number): string => {
  const cells = blocks.flatMap(({ fidelity, cells: { [arm]: cell } }) =>
    fidelity === 1 && cell !== undefined ? [cell] : [],
  );
  return crashRateInWords({
    runs: cells.length,
    crashes: cells.filter((cell) => typeof cell === 'string').length,
  });
};

/** How often a keep like this is wrong, in words. */
export const falseRateOf = ({ options }: ContestState): string => {
  const { rule, arms, test } = options;
  const share = formatSpread(100 * (rule === 'race' ? test.alpha * arms : test.alpha));
  return `a batch without a better candidate leads to a keep at most ${share} % of times`;
};

const OUTCOMES: Record<Exclude<Fate['end'], 'failed'>, Outcome> = {
  worse: 'discard',
  hopeless: 'discard',
  beaten: 'discard',
  lost: 'discard',
  small: 'discard',
  undecided: 'inconclusive',
  won: 'keep',
};

const TESTS = { friedman: 'Friedman and Conover', t: 'paired t' } as const;

const reasonOf = (state: ContestState, arm: number, fate: Fate): string => {
  const after = counted(fate.block, 'seed');
  switch (fate.end) {
    case 'failed':
      return `${fate.status} on seed ${String(fate.block)} of ${of(state)}`;
    case 'worse':
      return `worse than the best of ${of(state)} after ${after} (${TESTS[state.options.drop.test]}); ${measured(state, arm)}`;
    case 'hopeless':
      return `hopeless after ${after} of ${of(state)}; ${measured(state, arm)}`;
    case 'beaten':
      return state.options.rule === 'race'
        ? `not the best of ${of(state)}; ${measured(state, arm)}`
        : `not among the best of its round in ${of(state)}`;
    case 'lost':
      return `first of ${of(state)}, but hopeless against the incumbent: ${measured(state, arm)}`;
    case 'small': {
      const least = formatSpread(state.options.least);
      return `first of ${of(state)}; ${measured(state, arm)}, but less than the smallest effect ${least}`;
    }
    case 'undecided':
      return `${of(state)} could not tell it from the incumbent: ${measured(state, arm)}; all seeds used up`;
    case 'won':
      return `first of ${of(state)}: ${measured(state, arm)}; ${falseRateOf(state)}; ${crashesOf(state, arm)}`;
  }
};

/** What becomes of each arm; whoever has no fate yet was stopped before it could have one. */
export const contestVerdicts = (state: ContestState, stopped: string | null): ContestVerdict[] =>
  Array.from({ length: state.options.arms }, (_, at) => {
    const arm = at + 1;
    const fate = state.fates[arm];
    const d = gainsOf(state, arm);
    const gain = d.length === 0 ? null : mean(d);
    if (fate === undefined) {
      const reason = `stopped before ${of(state)} could say: ${stopped ?? 'no run is left'}; ${measured(state, arm)}`;
      return { arm, outcome: 'inconclusive', reason, gain };
    }
    const outcome = fate.end === 'failed' ? outcomeOf(fate.status) : OUTCOMES[fate.end];
    const hopeful = outcome === 'inconclusive' && (gain ?? 0) <= 0 ? 'discard' : outcome;
    return { arm, outcome: hopeful, reason: reasonOf(state, arm, fate), gain };
  });

/** The arm that is kept, if any is. */
export const winnerOf = ({ fates, options }: ContestState): number | null => {
  for (let arm = 1; arm <= options.arms; arm++) if (fates[arm]?.end === 'won') return arm;
  return null;
};
