import type { ExperimentRow } from '../../contract/ledger.js';
import type { RunRecord } from '../../contract/measurement.js';
import { oneLine } from '../proposers/prompt/untrusted.js';
import { withoutWord } from '../validation/holdout-words.js';
import { type ChildTrace, childTrace } from './child-trace.js';

export type StudyRow = Pick<ExperimentRow, 'experiment' | 'outcome' | 'value' | 'idea' | 'reason'> & {
  measurements: readonly Pick<RunRecord, 'role' | 'index' | 'metrics'>[];
};

const SHOWN = 30;

const U = /^u\/(.+)\.\d+$/;

/** Mean u of each task over the measurements of a candidate. */
export const perTask = ({ measurements }: StudyRow): Map<string, number> => {
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { metrics } of measurements.filter(({ role }) => role !== 'incumbent')) {
    for (const [name, u] of Object.entries(metrics)) {
      const task = U.exec(name)?.[1];
      if (task === undefined) continue;
      const { sum, n } = sums.get(task) ?? { sum: 0, n: 0 };
      sums.set(task, { sum: sum + u, n: n + 1 });
    }
  }
  return new Map([...sums].map(([task, { sum, n }]) => [task, sum / n]));
};

const line = (row: StudyRow): string => {
  const tasks = [...perTask(row)].map(([task, u]) => `${task} ${u.toFixed(3)}`).join(', ');
  const what = row.experiment === 0 ? 'the method as it was' : oneLine(row.idea, 120);
  // "unconfirmed" would tell what the holdout said
  const outcome = row.outcome === 'unconfirmed' ? 'discard' : row.outcome;
  const why = oneLine(withoutWord(row.reason), 120);
  return `#${String(row.experiment)} ${outcome}${tasks === '' ? '' : ` (u: ${tasks})`}: ${what}${why === '' ? '' : ` — ${why}`}`;
};

/** How the search for a method stands, and traces of the loops below: keeps, reverts, stuck streaks, u of each task. */
export const searchState = (rows: readonly StudyRow[], traces: readonly ChildTrace[]): string => {
  const left = Math.max(0, rows.length - SHOWN);
  return [
    'Methods tried so far (u: 0 is the unchanged artifact, 1 the target):',
    ...(left === 0 ? [] : [`(${String(left)} older ones left out)`]),
    ...rows.slice(-SHOWN).map(line),
    ...(traces.length === 0 ? [] : ['', 'Loops under the method that stands:']),
    ...traces.map(childTrace),
  ].join('\n');
};
