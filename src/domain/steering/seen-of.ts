import type { Measurement } from '../../contract/measurement.js';
import type { Outcome } from '../../contract/outcome.js';
import type { Seen } from '../../contract/steering.js';
import { counted, formatValue } from '../format.js';
import { mean } from '../statistics.js';
import { outcomeOf } from '../evidence/outcome-of.js';

const share = (fidelity: number): string => String(Number(fidelity.toPrecision(3)));

/** Standard error of a mean; '' where one run can't tell. */
const spread = (values: readonly number[]): string => {
  if (values.length < 2) return '';
  const centre = mean(values);
  const squares = values.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  return ` ± ${formatValue(Math.sqrt(squares / (values.length - 1) / values.length))}`;
};

/** What runs that no rule judges come to: what was seen, and how the experiment ends. */
export const seenOf = (
  measurements: readonly Measurement[],
  { fidelity, of }: Pick<Seen, 'fidelity' | 'of'>,
): { seen: Seen; outcome: Outcome; reason: string } => {
  const values = measurements.flatMap(({ status, value }) =>
    status === 'ok' && value !== null ? [value] : [],
  );
  const failed = measurements.find(({ status }) => status !== 'ok');
  const about = { fidelity, of };
  if (values.length === 0) {
    const outcome = failed === undefined || failed.status === 'ok' ? 'no_metric' : outcomeOf(failed.status);
    const again = of === null ? '' : `measured #${String(of)} again: `;
    const seen = { value: null, n: measurements.length, ...about };
    return { seen, outcome, reason: `${again}${failed?.detail ?? 'there is no score'}` };
  }
  const value = mean(values);
  const part = fidelity === 1 ? '' : `with ${share(fidelity)} of the budget: `;
  const score = `${formatValue(value)}${spread(values)}`;
  const runs = `over ${counted(values.length, 'run')}`;
  const lost = measurements.length - values.length;
  const without = lost === 0 ? '' : `, ${String(lost)} without a score`;
  return {
    seen: { value, n: values.length, ...about },
    outcome: 'inconclusive',
    reason:
      of === null
        ? `${part}${score}; it can't be kept for a part of a run`
        : `measured #${String(of)} again${part === '' ? ': ' : ` ${part}`}${score} ${runs}${without}`,
  };
};
