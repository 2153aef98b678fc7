/** A sequential probability ratio test of N(delta, sd) against N(0, sd). */
export interface Sprt {
  alpha: number;
  beta: number;
  delta: number;
  sd: number;
}

const bounds = ({ alpha, beta }: Sprt): [number, number] => [-Math.log(alpha), Math.log(beta)];

/**
 * P(keep) when the true effect is D, without overshoot: (1 - e^(h b)) / (e^(h a) - e^(h b)) with a = ln(1/alpha),
 * b = ln(beta), h = 1 - 2 D / delta. (Wald 1945.)
 */
export const waldKeepProbability = (sprt: Sprt, effect: number): number => {
  const [a, b] = bounds(sprt);
  const h = 1 - (2 * effect) / sprt.delta;
  if (Math.abs(h) < 1e-9) return -b / (a - b);
  return -Math.expm1(h * b) / (Math.exp(h * a) - Math.exp(h * b));
};

/**
 * Expected pairs of the test when the true effect is D: (L ln(1/alpha) + (1 - L) ln(beta)) over the drift
 * (delta D - delta^2 / 2) / sd^2, L = P(keep). Overshoot adds up to about a pair. (Wald 1945.)
 */
export const waldPairs = (sprt: Sprt, effect: number): number => {
  const [a, b] = bounds(sprt);
  const { delta, sd } = sprt;
  const drift = (delta * effect - (delta * delta) / 2) / (sd * sd);
  if (Math.abs(effect - delta / 2) < 1e-9 * delta) return (-a * b * sd * sd) / (delta * delta);
  const keep = waldKeepProbability(sprt, effect);
  return (keep * a + (1 - keep) * b) / drift;
};
