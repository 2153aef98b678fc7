/** What a sampler of sweeps is asked, as JSON on its input; `autolift_sweep` reads it. */
export interface SweepQuestion {
  sampler: 'tpe' | 'cmaes';
  seed: number;
  direction: 'minimize' | 'maximize';
  /** a number a dimension: places in a list for `choice`, whole for `int` */
  space: { kind: 'float' | 'int' | 'choice'; low: number; high: number; log: boolean }[];
  /** what was measured, in the order of the verdicts; null: a run that failed */
  told: { params: number[]; value: number | null }[];
  /** what waits for its verdict */
  pending: number[][];
}

/** Its answer. */
export type SweepAnswer = { params: number[] } | { missing: string };
