import type { LoopRecord } from '../contract/ledger.js';
import type { Task } from '../contract/task-schema.js';
import { untrack } from './task/check-metric-file.js';

type Row = Pick<LoopRecord['experiments'][number], 'outcome' | 'measurements'>;

const rewritten = ({ measurements }: Row): string[] => {
  const seen = measurements.flatMap(({ tampering }) => tampering);
  return [...new Set(seen.flatMap((text) => /^(?:changed|deleted) (.+)$/s.exec(text)?.[1] ?? []))];
};

const ofMetric = ({ command, metric: { name, file, key } }: Task['measure']): string =>
  file === undefined
    ? `Print a line \`METRIC:${name}=value\` or \`${name}: value\`, or correct measure.metric in task.yaml.`
    : `Let ${command === undefined ? 'run.command' : 'measure.command'} write ${file} in the folder that it is started in, as JSON with a number at ${key ?? name}, or correct measure.metric in task.yaml.`;

const ofRewritten = (files: readonly string[]): string => {
  const [first = '', ...others] = files;
  const which = `${first}${others.length === 0 ? '' : ` (and ${others.slice(0, 4).join(', ')})`}`;
  return `The run itself rewrites ${which}, which is committed and not editable. ${untrack(first)} If the run also reads it, let it write another file.`;
};

/** What a person can do about a baseline that no loop can start from. */
export const baselineAdvice = (task: Task | null, baseline: Row | null): string => {
  if (baseline?.outcome === 'keep')
    return 'Mend what it names and commit, then run it again; what was measured is in the ledger.';
  if (baseline?.outcome === 'no_metric' && task !== null) return ofMetric(task.measure);
  const files = baseline?.outcome === 'tampered' ? rewritten(baseline) : [];
  if (files.length > 0) return ofRewritten(files);
  return 'Try the commands of task.yaml by hand in a fresh checkout, then run it again.';
};
