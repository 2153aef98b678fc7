/**
 * A number of the specification beside ours. Theirs is a simulation too: its error is taken as ours scaled from our
 * repetitions to theirs, and its last printed digit as half a digit of rounding.
 */
export const row = ({ table, row: name, column, spec, measured, se, specSe = 0, rounding = 0.05 }) => {
  if (!Number.isFinite(measured) || !Number.isFinite(se)) throw new RangeError(`${table}, ${name}, ${column}: no number`);
  const error = Math.hypot(se, specSe, rounding / Math.sqrt(3));
  return { table, row: name, column, spec, measured, se, differs: Math.abs(measured - spec) > 3 * error };
};

/** The specification doesn't print its repetitions; its section 1.3 uses 2000 streams throughout. */
export const SPEC_STREAMS = 2000;

/** A share in percent of n streams, with the specification's error from the rule of the binomial. */
export const share = (at, hits, n) => {
  const p = hits / n;
  const spread = (of) => 100 * Math.sqrt(Math.max(p * (1 - p), 1 / of) / of);
  return row({ ...at, measured: 100 * p, se: spread(n), specSe: spread(SPEC_STREAMS) });
};
