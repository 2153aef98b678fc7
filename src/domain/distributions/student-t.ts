import { bisect } from './bisect.js';
import { incompleteBeta } from './incomplete-beta.js';

/** P(T <= t) for Student's t with so many degrees of freedom. */
export const studentCdf = (t: number, df: number): number => {
  if (t === Number.POSITIVE_INFINITY) return 1;
  if (t === Number.NEGATIVE_INFINITY) return 0;
  const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
};

/** The t that P(T <= t) = p belongs to. */
export const studentQuantile = (p: number, df: number): number => {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, df);
  let high = 1;
  while (studentCdf(high, df) < p) high *= 2;
  return bisect((t) => studentCdf(t, df), p, [0, high]);
};
