import type { TransferPlan, TransferRow } from '../../contract/transfer.js';
import { mean, standardDeviation } from '../statistics.js';
import { atChange, comparisonsOf, type Comparison } from './artifacts.js';
import { compare, type Compared, type ScoredPair } from './compare.js';
import { type ClassVerdict, classVerdicts, overClasses, type TransferVerdict } from './verdict.js';

export type OnClass = Compared & { device: string; verdict: ClassVerdict };

/** One comparison on every class that has pairs of it. */
export interface Transferred {
  verdict: TransferVerdict;
  classes: OnClass[];
}

export interface TransferredChange extends Transferred {
  experiment: number;
  idea: string;
  /** what stands beside itself without the change; empty for the last one, which its own step says, and where it can't be left out */
  leftOut: OnClass[];
}

/** What a class says of itself: nothing of it is compared with another's. */
export interface ClassMeasured {
  device: string;
  runs: number;
  failed: number;
  deviceSeconds: number;
  /** the unchanged artifact there; null: it never ran */
  baseline: { value: number; sigma: number; n: number } | null;
}

export interface TransferReport {
  v: 1;
  loop: string;
  /** class that the loop ran on: `here` */
  from: string;
  metric: { name: string; direction: 'minimize' | 'maximize' };
  classes: ClassMeasured[];
  whole: Transferred & { changes: number };
  changes: TransferredChange[];
}

const valueOf = ({ run }: TransferRow): number | null => (run.status === 'ok' ? run.value : null);

const pairsOf = (rows: readonly TransferRow[], names: Pick<Comparison, 'with' | 'without'>): ScoredPair[] => {
  const key = ({ id, pair }: TransferRow): string => `${id}/${String(pair)}`;
  const without = new Map(
    rows.filter(({ artifact }) => artifact === names.without).map((row) => [key(row), row]),
  );
  return rows.flatMap((row) => {
    const other = row.artifact === names.with ? without.get(key(row)) : undefined;
    return other === undefined ? [] : [{ with: valueOf(row), without: valueOf(other) }];
  });
};

const measured = (rows: readonly TransferRow[], device: string): ClassMeasured => {
  const values = rows.flatMap((row) => (row.artifact === atChange(0) ? (valueOf(row) ?? []) : []));
  return {
    device,
    runs: rows.length,
    failed: rows.filter(({ run }) => run.status !== 'ok').length,
    deviceSeconds: rows.reduce((sum, { run }) => sum + run.deviceSeconds, 0),
    baseline:
      values.length === 0
        ? null
        : { value: mean(values), sigma: standardDeviation(values), n: values.length },
  };
};

const onClass = (
  plan: TransferPlan,
  rows: readonly TransferRow[],
  device: string,
): { comparison: Comparison; on: OnClass }[] => {
  const { task } = plan;
  const about = { direction: task.measure.metric.direction, acceptance: task.acceptance };
  const made = comparisonsOf(plan).flatMap((comparison) => {
    const pairs = pairsOf(rows, comparison);
    return pairs.length === 0 ? [] : [{ comparison, compared: compare(pairs, about) }];
  });
  // one question each: the whole, the changes in their places, and those that were left out
  return (['whole', 'step', 'left out'] as const).flatMap((kind) => {
    const family = made.filter(({ comparison }) => comparison.kind === kind);
    const verdicts = classVerdicts(family.map(({ compared }) => compared));
    return family.map(({ comparison, compared }, at) => ({
      comparison,
      on: { ...compared, device, verdict: verdicts[at] ?? 'undecided' },
    }));
  });
};

/** What holds elsewhere, of everything that was ever measured of a loop there; null: nothing was. */
export const transferReport = (
  loop: string,
  plan: TransferPlan,
  rows: readonly TransferRow[],
): TransferReport | null => {
  const found = new Set(rows.map(({ run }) => run.deviceClass));
  // by name: rows come in the order in which runs happened to end
  const devices = [...found].filter((one) => one !== plan.from).toSorted();
  if (devices.length === 0) return null;
  const byClass = devices.map((device) => rows.filter(({ run }) => run.deviceClass === device));
  const all = devices.flatMap((device, at) => onClass(plan, byClass[at] ?? [], device));
  const of = (kind: Comparison['kind'], experiment?: number): OnClass[] =>
    all
      .filter(
        ({ comparison }) =>
          comparison.kind === kind && comparison.experiment === (experiment ?? comparison.experiment),
      )
      .map(({ on }) => on);
  const transferred = (classes: OnClass[]): Transferred => ({
    verdict: overClasses(classes.map(({ verdict }) => verdict)),
    classes,
  });
  const { name, direction } = plan.task.measure.metric;
  return {
    v: 1,
    loop,
    from: plan.from,
    metric: { name, direction },
    classes: devices.map((device, at) => measured(byClass[at] ?? [], device)),
    whole: { ...transferred(of('whole')), changes: plan.changes.length },
    changes: plan.changes.flatMap(({ experiment, idea }) => {
      const steps = of('step', experiment);
      return steps.length === 0
        ? []
        : [{ experiment, idea, ...transferred(steps), leftOut: of('left out', experiment) }];
    }),
  };
};
