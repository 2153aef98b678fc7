import type { Acceptance } from './task-schema.js';

export type EvidenceName = Acceptance['evidence'];

/** What the evidence processes may need to know; all in units of the differences. */
export interface EvidenceOptions {
  /** standard deviation of one difference: sigma * sqrt(2 (1 - rho)), known or pooled */
  sd: number;
  /** the effect that `z` bets on */
  delta: number;
  /** spread of the effects that `mz` bets on */
  tau: number;
  /** bound of |d| that `bet` relies on */
  bound: number;
}

/** All that z, mz and t need of the differences: their number, sum and sum of squares. */
export interface Sums {
  kind: 'sums';
  n: number;
  sum: number;
  squares: number;
}

/** The log of each gambler's wealth; null once a loss past the bound has taken everything. */
export interface Wealth {
  kind: 'wealth';
  logs: number[] | null;
}

/** Pairs won and lost; ties are skipped. */
export interface Signs {
  kind: 'signs';
  wins: number;
  losses: number;
}

export type EvidenceState = Sums | Wealth | Signs;

/** A sequential test under way. JSON. */
export interface TestState {
  evidence: EvidenceState;
  sums: Sums;
}

/** Tests made and keeps won so far. */
export interface Levels {
  tests: number;
  keeps: number;
}
