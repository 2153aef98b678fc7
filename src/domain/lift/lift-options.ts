import type { LiftRule } from './rule-evidence.js';

/** How a lift is judged. Scores and effects in units of u, which a suite maps to 0 … 1. */
export interface LiftOptions {
  /** smallest gain that pays */
  eps: number;
  /** chance of a false 'pays', whenever one looks */
  alpha: number;
  rule: LiftRule;
  /** largest |d - eps| that 'bet' relies on */
  bound: number;
  /** share of the probes on which the lifted mechanism acts at all; 0 is dead code */
  liveness: number;
  /** tasks below which nothing is decided */
  least: number;
}

/** u lies in 0 … 1, so no difference passes 1, and eps is taken off it. */
export const LIFT_DEFAULTS: LiftOptions = {
  eps: 0.02,
  alpha: 0.05,
  rule: 't+tail',
  bound: 1.02,
  liveness: 1,
  least: 5,
};

/** 't+tail' says 'pays' on no fewer tasks: at 30, a catastrophe on 7 % of tasks stays unseen in 11 of 100 lifts. */
export const TAIL_TASKS = 30;

/** 't+tail' says 'pays' on no lift that lost more than this on any task. */
export const TAIL_LOSS = -0.5;

/** Level of the n-th lift of a tower, n from 1: alpha / (n (n + 1)); the sum over all lifts is alpha. */
export const towerAlpha = (alpha: number, n: number): number => {
  if (!Number.isInteger(n) || n < 1) throw new RangeError('lifts are counted from 1');
  return alpha / (n * (n + 1));
};
