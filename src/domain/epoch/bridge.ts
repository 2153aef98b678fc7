import { finite } from '../evidence/not-finite.js';
import { counted } from '../format.js';
import { mean, standardError } from '../statistics.js';
import { kendall } from './kendall.js';

/** Scores of the frozen reference artifacts by both evaluator versions, in the same order, u in 0 … 1. */
export interface BridgeScores {
  old: readonly number[];
  new: readonly number[];
}

export interface Bridge {
  artifacts: number;
  /** mean(s_v - s_0) */
  bias: number;
  se: number;
  /** Kendall's tau-b of the two orders */
  tau: number;
  /** equal: one scale; drifted: proven to be another; unclear: neither */
  verdict: 'equal' | 'drifted' | 'unclear';
}

/** Reference artifacts below which no version is accepted. */
export const LEAST_ARTIFACTS = 40;
/** Largest bias that is none, in units of u. */
export const LARGEST_BIAS = 0.01;
/** Rank agreement that a new version must keep. */
export const LEAST_TAU = 0.9;
/** Standard errors of doubt: two-sided 99 %. */
const DOUBT = 2.6;

export interface BridgeClause {
  name: 'artifacts' | 'bias' | 'ranks';
  holds: (bridge: Omit<Bridge, 'verdict'>) => boolean;
  /** what is missing where it does not hold */
  missing: (bridge: Omit<Bridge, 'verdict'>) => string;
}

const digits = (value: number): string => value.toFixed(4);

/** All must hold before two versions count as one scale. */
export const BRIDGE_CLAUSES: readonly BridgeClause[] = [
  {
    name: 'artifacts',
    holds: ({ artifacts }) => artifacts >= LEAST_ARTIFACTS,
    missing: ({ artifacts }) =>
      `only ${counted(artifacts, 'reference artifact')}, and one scale takes ${String(LEAST_ARTIFACTS)} artifacts`,
  },
  {
    name: 'bias',
    holds: ({ bias, se }) => Math.abs(bias) + DOUBT * se <= LARGEST_BIAS,
    missing: ({ bias, se }) =>
      `a bias of ${digits(bias)} ± ${digits(se)}, which ${isBiased({ bias, se }) ? 'is' : 'may be'} more than ${String(LARGEST_BIAS)}`,
  },
  {
    name: 'ranks',
    holds: ({ tau }) => tau >= LEAST_TAU,
    missing: ({ tau }) => `another order (tau ${digits(tau)}, at least ${String(LEAST_TAU)} is one order)`,
  },
];

/** What both versions said of the reference set, without a judgement. */
export const bridgeNumbers = (scores: BridgeScores): Omit<Bridge, 'verdict'> => {
  if (scores.old.length !== scores.new.length)
    throw new RangeError('a bridge scores the same artifacts twice');
  for (const score of [...scores.old, ...scores.new]) finite(score, 'a bridge score');
  const difference = scores.new.map((one, i) => one - (scores.old[i] ?? Number.NaN));
  const artifacts = difference.length;
  const bias = artifacts === 0 ? Number.NaN : mean(difference);
  return { artifacts, bias, se: standardError(difference), tau: kendall(scores.old, scores.new) };
};

/** Whether what a bridge says of two versions proves that they are not one scale. */
export const isBiased = ({ bias, se }: { bias: number | null; se: number | null }): boolean =>
  bias !== null && se !== null && Math.abs(bias) - DOUBT * se > LARGEST_BIAS;

/**
 * Do two evaluator versions measure on one scale? equal iff |bias| + 2.6 SE <= .01 and tau >= .9 over 40 artifacts or
 * more; drifted iff |bias| - 2.6 SE > .01; everything between is unclear, and a new scale.
 */
export const bridge = (scores: BridgeScores): Bridge => {
  const numbers = bridgeNumbers(scores);
  if (BRIDGE_CLAUSES.every(({ holds }) => holds(numbers))) return { ...numbers, verdict: 'equal' };
  return { ...numbers, verdict: isBiased(numbers) ? 'drifted' : 'unclear' };
};
