import { BRIDGE_CLAUSES, type Bridge } from './bridge.js';
import type { CanaryBreach } from './canaries.js';

/** What is known when the evaluator's pinned hash is found to have changed. */
export interface EvaluatorChange {
  from: string;
  to: string;
  /** a person announced the new hash */
  announced: boolean;
  bridge: Bridge;
  breaches: readonly CanaryBreach[];
}

/**
 * continue: a new epoch on the old scale; new-scale: a new epoch with incumbents measured again; refuse: the version is
 * quarantined and what it scored is invalid.
 */
export interface EpochDecision {
  decision: 'continue' | 'new-scale' | 'refuse';
  /** may scores of both versions be compared? */
  comparable: boolean;
  why: string;
}

export interface EpochStep {
  name: 'canaries' | 'announced' | 'bridge';
  decides: (change: EvaluatorChange) => EpochDecision | null;
}

const refuse = (why: string): EpochDecision => ({ decision: 'refuse', comparable: false, why });

/** Asked in order; the first that decides is followed. */
export const EPOCH_STEPS: readonly EpochStep[] = [
  {
    name: 'canaries',
    decides: ({ breaches }) =>
      breaches.length === 0 ? null : refuse(`canaries: ${breaches.map(({ why }) => why).join('; ')}`),
  },
  {
    name: 'announced',
    decides: ({ announced, from, to }) =>
      announced ? null : refuse(`the evaluator changed from ${from} to ${to} and nobody announced it`),
  },
  {
    name: 'bridge',
    decides: ({ bridge }) =>
      bridge.verdict === 'equal'
        ? null
        : {
            decision: 'new-scale',
            comparable: false,
            why: `scores before and after cannot be compared: ${BRIDGE_CLAUSES.filter(
              ({ holds }) => !holds(bridge),
            )
              .map(({ missing }) => missing(bridge))
              .join('; ')}`,
          },
  },
];

/** What a changed evaluator means for the loop; the incumbent is measured again in every new epoch. */
export const epochDecision = (change: EvaluatorChange): EpochDecision => {
  for (const { decides } of EPOCH_STEPS) {
    const decision = decides(change);
    if (decision !== null) return decision;
  }
  return { decision: 'continue', comparable: true, why: 'bias and ranks of the reference set are unchanged' };
};
