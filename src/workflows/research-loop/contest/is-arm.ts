import type { Loop } from '../loop.js';

/** Whether an experiment takes part in the contest under way: its verdict is the contest's. */
export const isArm = ({ state }: Loop, experiment: number): boolean =>
  state.contests?.current?.arms.some((arm) => arm.experiment === experiment) ?? false;
