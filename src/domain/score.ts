export type Direction = 'minimize' | 'maximize';

/** A metric's value together with what "better" means for it, so that no caller asks for the direction. */
export interface Score {
  readonly value: number;
  readonly direction: Direction;
}

/** How much better `a` is than `b`, in units of the metric: positive is better, whatever the direction. */
export const gain = (a: Score, b: Score): number =>
  a.direction === 'minimize' ? b.value - a.value : a.value - b.value;

/** A tie is not an improvement. */
export const isBetter = (a: Score, b: Score): boolean => gain(a, b) > 0;

/** Reaching a target counts as meeting it. */
export const meets = (score: Score, target: number): boolean =>
  gain(score, { value: target, direction: score.direction }) >= 0;
