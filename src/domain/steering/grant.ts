import type { Guidance } from '../../contract/steering.js';

/** What a loop can give beside candidates that its rule judges. */
export interface Means {
  /** where candidates meet in batches, and above level 0, there are whole runs for the rule only */
  looks: boolean;
  /** experiments that the budget still has, this one among them */
  experiments: number;
}

/** A mechanism's guidance as far as the loop can follow it. */
export const grant = <G extends Guidance>(guidance: G, { looks, experiments }: Means): G => {
  const { again, fidelity: _before, ...rest } = guidance;
  const { fidelity = 1 } = guidance.directive ?? {};
  if (!looks) return rest as unknown as G;
  const n = Math.max(1, Math.min(again?.n ?? 1, experiments));
  return {
    ...rest,
    ...(fidelity < 1 ? { fidelity } : {}),
    ...(again === undefined ? {} : { again: { ...again, n } }),
  } as unknown as G;
};
