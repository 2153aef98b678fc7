import { mean } from '../statistics.js';
import { LIFT_DEFAULTS, type LiftOptions } from './lift-options.js';
import { spearman } from './rank-correlation.js';
import { ruleEvidence } from './rule-evidence.js';

/**
 * The budget square: is lifting no worse than spending the same below? s_j = V_j(pi(A(R))) - V_j(A0(pi(R))), A0 the base
 * loop with the budget that the lift used; it holds if the e-test rejects E[s] <= -eps at alpha.
 */
export const budgetSquareHolds = (s: readonly number[], options: Partial<LiftOptions> = {}): boolean => {
  const { eps, alpha, rule, bound } = { ...LIFT_DEFAULTS, ...options };
  if (!s.every(Number.isFinite)) return false;
  return ruleEvidence(rule, bound)(s.map((one) => one + eps)) >= -Math.log(alpha);
};

/** A lift's gain in the level's own metric, and held out. */
export interface Claim {
  claimed: number;
  heldOut: number;
}

export interface ClaimSquare {
  lifts: number;
  /** Spearman's rank correlation of claimed and held-out gains */
  rho: number;
  /** share of lifts whose two gains have the same sign */
  signAgreement: number;
  /** mean |c - h| / mean |c| */
  kappa: number;
  commutes: boolean;
}

const LEAST_LIFTS = 8;
const LEAST_AGREEMENT = 0.75;
const LARGEST_KAPPA = 1;

/** The claim square over recent lifts: do claims project? If not, the level is frozen and its suite enlarged. */
export const claimSquare = (claims: readonly Claim[]): ClaimSquare => {
  const lifts = claims.length;
  const signAgreement =
    claims.filter(({ claimed, heldOut }) => Math.sign(claimed) === Math.sign(heldOut)).length / lifts;
  const kappa =
    mean(claims.map(({ claimed, heldOut }) => Math.abs(claimed - heldOut))) /
    mean(claims.map(({ claimed }) => Math.abs(claimed)));
  return {
    lifts,
    rho: spearman(
      claims.map(({ claimed }) => claimed),
      claims.map(({ heldOut }) => heldOut),
    ),
    signAgreement,
    kappa,
    commutes: lifts >= LEAST_LIFTS && signAgreement >= LEAST_AGREEMENT && kappa <= LARGEST_KAPPA,
  };
};
