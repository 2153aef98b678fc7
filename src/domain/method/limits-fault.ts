import type { RunRecord } from '../../contract/measurement.js';
import type { Policy } from '../../contract/method.js';
import { formatValue } from '../format.js';
import { mean } from '../statistics.js';

/** Which of the objective's limits a candidate's runs pass, in words; null if none. A metric that isn't there passes it. */
export const limitsFault = (
  { limits }: Pick<Policy, 'limits'>,
  measurements: readonly RunRecord[],
): string | null => {
  const runs = measurements.filter(({ role, status }) => role === 'candidate' && status === 'ok');
  for (const { metric, max, min } of limits) {
    const values = runs.flatMap(({ metrics }) => metrics[metric] ?? []);
    if (values.length === 0) return `it printed no ${metric}, and the method limits that`;
    const value = mean(values);
    if (max !== undefined && value > max)
      return `${metric} ${formatValue(value)} is above ${formatValue(max)}`;
    if (min !== undefined && value < min)
      return `${metric} ${formatValue(value)} is below ${formatValue(min)}`;
  }
  return null;
};
