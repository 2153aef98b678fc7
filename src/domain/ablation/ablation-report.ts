import type { AblationInput, AblationResult, Arm, CellEnd, SearchEnd } from '../../contract/ablation.js';
import { mean, standardDeviation } from '../statistics.js';
import { deadMechanisms } from './dead-mechanisms.js';
import { contrastsOf, type Asked } from './contrasts.js';
import { differences, tableOf } from './differences.js';
import { holm } from './holm.js';
import { interquartileMean } from './interquartile-mean.js';
import { paired, type Paired } from './paired.js';
import { armVerdict, type ArmVerdict } from './verdict.js';

export interface Contrast extends Asked, Paired {
  /** the pairs themselves, by repeat */
  d: number[];
  missing: number;
  /** p after Holm's correction over all contrasts */
  corrected: number;
  verdict: ArmVerdict;
}

export interface ArmSummary {
  arm: Arm;
  method: string;
  /** of the cells that ended by themselves; null: there is none */
  u: { mean: number; sd: number; iqm: number; least: number; most: number } | null;
  cells: number;
  failed: number;
  experiments: number;
  deviceSeconds: number;
  dollars: number;
  /** against A, by repeat; null for A itself */
  againstA: Paired | null;
}

export interface TaskSummary {
  task: string;
  metric: string;
  base: number | null;
  target: number;
  arms: { arm: Arm; u: number | null; score: number | null; best: number | null; againstA: Paired | null }[];
}

/** What an ablation came to, as `ablation.json` holds it. */
export interface AblationReport {
  v: 1;
  id: string;
  seed: number;
  n: number;
  stopped: string | null;
  arms: ArmSummary[];
  contrasts: Contrast[];
  /** whether C is ahead of B, S and R at once, in ten pairs of each at least; null: one of them was not run */
  mechanismPays: boolean | null;
  tasks: TaskSummary[];
  searches: Omit<SearchEnd, 'plan'>[];
  cells: CellEnd[];
}

type Whole = Pick<AblationInput, 'id' | 'seed' | 'n' | 'arms' | 'research' | 'plans'>;

const known = (values: readonly (number | null)[]): number[] =>
  values.flatMap((value) => (value === null ? [] : [value]));

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

const spreadOf = (u: readonly number[]): ArmSummary['u'] =>
  u.length === 0
    ? null
    : {
        mean: mean(u),
        sd: standardDeviation(u),
        iqm: interquartileMean(u),
        least: Math.min(...u),
        most: Math.max(...u),
      };

const methodOf = (arm: Arm, { plans }: Whole, searches: readonly SearchEnd[]): string => {
  const found = searches.filter((one) => one.arm === arm);
  if (found.length === 0) return plans[arm]?.method.ref ?? '';
  const kept = found.filter(({ keeps }) => keeps > 0).length;
  return `searched for: ${String(kept)} of ${String(found.length)} searches kept something`;
};

const armSummary = (arm: Arm, input: Whole, { cells, searches }: AblationResult): ArmSummary => {
  const own = cells.filter((cell) => cell.arm === arm);
  const tasks = input.research.tasks.map((_, task) => task);
  const pairs = differences(tableOf(cells), { lifted: arm, base: 'A' }, { tasks, n: input.n });
  return {
    arm,
    method: methodOf(arm, input, searches),
    u: spreadOf(known(own.map(({ u }) => u))),
    cells: own.length,
    failed: own.filter(({ u }) => u === null).length,
    experiments: sum(own.map(({ experiments }) => experiments)),
    deviceSeconds: sum(own.map(({ deviceSeconds }) => deviceSeconds)),
    dollars: sum(own.map(({ dollars }) => dollars)),
    againstA: arm === 'A' || pairs.d.length === 0 ? null : paired(pairs.d),
  };
};

const taskSummary = (task: number, input: Whole, cells: readonly CellEnd[]): TaskSummary => {
  const of = input.research.tasks[task];
  if (of === undefined) throw new RangeError('no such task in the study');
  const { name, direction } = of.task.measure.metric;
  const best = direction === 'minimize' ? Math.min : Math.max;
  const arms = input.arms.map((arm) => {
    const own = cells.filter((cell) => cell.arm === arm && cell.task === task);
    const [u, scores] = [known(own.map((cell) => cell.u)), known(own.map(({ value }) => value))];
    const { d } = differences(tableOf(cells), { lifted: arm, base: 'A' }, { tasks: [task], n: input.n });
    return {
      arm,
      u: u.length === 0 ? null : mean(u),
      score: scores.length === 0 ? null : mean(scores),
      best: scores.length === 0 ? null : best(...scores),
      againstA: arm === 'A' || d.length === 0 ? null : paired(d),
    };
  });
  return { task: of.task.name, metric: `${name}, ${direction}`, base: of.base, target: of.target, arms };
};

const contrasts = (input: Whole, cells: readonly CellEnd[]): Contrast[] => {
  const table = tableOf(cells);
  const tasks = input.research.tasks.map((_, task) => task);
  const all = contrastsOf(input.arms).map((asked) => {
    const pairs = differences(table, asked, { tasks, n: input.n });
    return { ...asked, ...pairs, ...paired(pairs.d) };
  });
  const corrected = holm(all.map(({ p }) => p));
  return all.map((one, index) => {
    const p = corrected[index] ?? 1;
    return { ...one, corrected: p, verdict: armVerdict(one, p) };
  });
};

/** The claim that research on the mechanism pays needs all three, and a mechanism that acted. (Grounding 5.4.) */
const CLAIM = ['B', 'S', 'R'];

/** A few pairs that happen to agree are what made others believe it. */
export const CLAIM_PAIRS = 10;

const claimOf = (all: readonly Contrast[], cells: readonly CellEnd[]): boolean | null => {
  const needed = all.filter(({ lifted, base }) => lifted === 'C' && CLAIM.includes(base));
  if (needed.length < CLAIM.length) return null;
  const { had, dead } = deadMechanisms('C', cells);
  return 2 * dead < had && needed.every(({ verdict, n }) => verdict === 'ahead' && n >= CLAIM_PAIRS);
};

/** All numbers of an ablation, from its cells. */
export const ablationReport = (input: Whole, result: AblationResult): AblationReport => {
  const { cells, searches, stopped } = result;
  const compared = contrasts(input, cells);
  return {
    v: 1,
    id: input.id,
    seed: input.seed,
    n: input.n,
    stopped,
    arms: input.arms.map((arm) => armSummary(arm, input, result)),
    contrasts: compared,
    mechanismPays: claimOf(compared, cells),
    tasks: input.research.tasks.map((_, task) => taskSummary(task, input, cells)),
    searches: searches.map(({ plan: _plan, ...rest }) => rest),
    cells: [...cells].sort((a, b) => a.repeat - b.repeat || a.task - b.task || (a.arm < b.arm ? -1 : 1)),
  };
};
