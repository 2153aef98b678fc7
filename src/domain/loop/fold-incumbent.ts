import type { Incumbent } from '../../contract/loop.js';
import type { Measurement } from '../../contract/measurement.js';

type Run = Pick<Measurement, 'commit' | 'status' | 'value'>;

/** The incumbent's standing with fresh measurements of it folded in: the mean over all of them. */
export const foldIncumbent = (incumbent: Incumbent, measurements: readonly Run[]): Incumbent => {
  const values = measurements.flatMap((one) =>
    one.commit === incumbent.commit && one.status === 'ok' && one.value !== null ? [one.value] : [],
  );
  const n = incumbent.n + values.length;
  if (values.every((value) => value === incumbent.value)) return { ...incumbent, n };
  const sum = values.reduce((total, value) => total + value, incumbent.value * incumbent.n);
  return { ...incumbent, value: sum / n, n };
};
