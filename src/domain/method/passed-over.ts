import type { Method } from '../../contract/method.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { ignoredOptions } from '../acceptance/ignored-options.js';

/**
 * Options of a method's process.yaml that the rule passes over in silence, in words. The rule is the method's own, else the
 * task's; what neither says is taken to be such that the option is read.
 */
export const passedOver = ({ process }: Pick<Method, 'process'>, task: Acceptance | null): string[] => {
  const own = process.acceptance ?? {};
  const rule = own.rule ?? task?.rule;
  if (rule === undefined) return [];
  const evidence = own.evidence ?? task?.evidence ?? 'bet';
  const nmax = own.nmax ?? task?.nmax ?? Infinity;
  const written = Object.entries(own).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  return ignoredOptions({ rule, evidence, nmax }, written).map(
    ({ option, why }) => `process/process.yaml: acceptance.${option}: ${why}`,
  );
};
