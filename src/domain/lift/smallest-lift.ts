import type { LiftOptions } from './lift-options.js';

/** What a suite can see. */
export interface Suite extends Pick<LiftOptions, 'eps' | 'alpha'> {
  /** tasks of the suite */
  tasks: number;
  /** standard deviation of d over tasks */
  sd: number;
}

/** The mixture over effects and the wish to be fairly sure cost about this factor over a test that knows the effect. */
const MIXTURE = 1.3;

/** Tasks that the t-rule needs to see a mean: 1.3 x 2 ln(1/alpha) / g^2, g = (mean - eps) / sd. */
export const tasksNeeded = (mean: number, { sd, eps, alpha }: Omit<Suite, 'tasks'>): number => {
  const g = (mean - eps) / sd;
  return g <= 0 ? Number.POSITIVE_INFINITY : Math.ceil((MIXTURE * 2 * -Math.log(alpha)) / (g * g));
};

/** Smallest mean gain that a suite sees by the t-rule, to be stated in every report: the same solved for the mean. */
export const smallestLift = ({ tasks, sd, eps, alpha }: Suite): number =>
  eps + sd * Math.sqrt((MIXTURE * 2 * -Math.log(alpha)) / tasks);
