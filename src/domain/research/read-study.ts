import type { ChildEnd, LoopResult, Spent } from '../../contract/loop.js';
import type { Parent, Research } from '../../contract/research.js';
import type { RunRecord } from '../../contract/measurement.js';
import { counted, formatValue } from '../format.js';
import { mean } from '../statistics.js';
import { CHILD_LOOPS } from './by-child-loops.js';
import { childScore } from './child-score.js';
import type { Unit } from './child-units.js';
import { standingShares } from '../steering/mechanism-standing.js';
import { cutOffBy } from './ran-its-course.js';
import { costName, FAULTY_SHARE, LIVE_SHARE, scoreName, UNTRIED_SHARE } from './metric-names.js';

/** The end of one child loop of a study. */
export type UnitEnd = { unit: Unit } & ChildEnd;

/** What a child loop has used, as far as it is known. */
export const spentBy = (end: ChildEnd): Spent =>
  ('result' in end ? end.result.spent : end.spent) ?? {
    experiments: 0,
    deviceSeconds: 0,
    dollars: 0,
    tokens: 0,
  };

export interface Study {
  parent: Parent;
  research: Research;
  commit: string;
  seed: number;
  evaluatorHash: string | null;
  deviceClass: string;
  startedAt: string;
  seconds: number;
}

const record = (study: Study, more: Partial<RunRecord>): RunRecord => ({
  role: study.parent.role,
  index: study.parent.index,
  commit: study.commit,
  seed: study.seed,
  status: 'ok',
  value: null,
  origin: 'measured',
  deviceClass: study.deviceClass,
  deviceSeconds: 0,
  detail: '',
  metrics: {},
  tail: '',
  log: null,
  evaluatorLog: null,
  evaluatorHash: study.evaluatorHash,
  peakMemoryBytes: 0,
  exitCode: null,
  device: { class: study.deviceClass, name: CHILD_LOOPS, id: CHILD_LOOPS, host: CHILD_LOOPS },
  sandbox: 'none',
  tampering: [],
  notes: [],
  startedAt: study.startedAt,
  seconds: { prepare: 0, run: study.seconds, measure: 0, guards: 0 },
  ...more,
});

/** The record of a method that could not be tried. */
export const failedStudy = (study: Study, why: string, deviceSeconds = 0): RunRecord =>
  record(study, { status: 'crash', detail: why.slice(0, 500), deviceSeconds });

const line = ({ unit, result }: { unit: Unit; result: LoopResult }, u: number): string => {
  const { spent, outcomes, incumbent, mechanism } = result;
  const kept = counted(outcomes.keep ?? 0, 'keep');
  const score = incumbent === null ? 'nothing' : formatValue(incumbent.value);
  const dead = mechanism === 'inert' || mechanism === 'faulty' ? `, its mechanism ${mechanism}` : '';
  const by = cutOffBy(result);
  const cut = by === null ? '' : `, cut off by its ${by}`;
  return `${unit.name}: u ${u.toFixed(3)}, ${counted(spent.experiments, 'experiment')}, ${kept}, ${score}${dead}${cut}`;
};

const cutWords = (ended: readonly { result: LoopResult }[]): string => {
  const by = ended.flatMap(({ result }) => cutOffBy(result) ?? []);
  const what = [...new Set(by)].sort().join(' and ');
  return by.length === 0 ? '' : `, ${String(by.length)} of them cut off by their ${what}`;
};

const sharesOf = (standings: Parameters<typeof standingShares>[0]): Record<string, number> => {
  const shares = standingShares(standings);
  if (shares === null) return {};
  const { live, untried, faulty } = shares;
  return {
    [LIVE_SHARE]: live,
    ...(untried === 0 ? {} : { [UNTRIED_SHARE]: untried }),
    ...(faulty === 0 ? {} : { [FAULTY_SHARE]: faulty }),
  };
};

/** What the child loops came to, as one measurement: the mean u, each unit's beside it. One that failed fails it. */
export const readStudy = (study: Study, ends: readonly UnitEnd[]): RunRecord => {
  const ended = ends.flatMap((end) => ('result' in end ? [end] : []));
  const failed = ends.find((end) => 'failed' in end);
  const costs = ended.map(({ result }) => result.spent.deviceSeconds);
  const deviceSeconds = ends.reduce((sum, end) => sum + spentBy(end).deviceSeconds, 0);
  if (failed !== undefined && 'failed' in failed)
    return failedStudy(study, `${failed.unit.name}: ${failed.failed}`, deviceSeconds);
  const scores = ended.map(({ unit, result }) => childScore(result, unitTask(study, unit)));
  const value = mean(scores);
  return record(study, {
    value,
    deviceSeconds,
    detail: `u ${value.toFixed(4)} over ${counted(ended.length, 'child loop')}${cutWords(ended)}`,
    tail: ended
      .map((end, unit) => line(end, scores[unit] ?? 0))
      .join('\n')
      .slice(0, 4000),
    metrics: {
      ...sharesOf(ended.map(({ result }) => result.mechanism)),
      experiments: ended.reduce((all, { result }) => all + result.spent.experiments, 0),
      ...Object.fromEntries(
        ended.flatMap(({ unit }, position) => [
          [scoreName(unit.name), scores[position] ?? 0],
          [costName(unit.name), costs[position] ?? 0],
        ]),
      ),
    },
  });
};

const unitTask = ({ research }: Study, { task }: Unit) => {
  const found = research.tasks[task];
  if (found === undefined) throw new RangeError('a unit belongs to a task of its study');
  return found;
};
