import type { ExperimentRow } from '../contract/ledger.js';
import { testedAgainst } from '../domain/promotion/tested-against.js';
import type { Ledger } from '../storage/ledger/index.js';
import type { FinishedExperiment } from '../report/terminal/progress-line.js';

/** A verdict as the ledger has it, with the score that it was compared with. */
export interface Finished {
  row: ExperimentRow;
  shown: FinishedExperiment;
}

/** Hands out each finished experiment of a loop once, in the order of the verdicts. */
export const finishedRows = (ledger: Ledger, loop: string): (() => Promise<Finished[]>) => {
  const values = new Map<number, number | null>();
  let after = 0;
  let best: number | null = null;
  return async () => {
    const settled = await ledger.experimentsSince(loop, after);
    after = settled.at(-1)?.position ?? after;
    return settled.map(({ experiment: row }) => {
      values.set(row.experiment, row.value);
      if (row.outcome === 'keep') best = row.value;
      const { experiment, outcome, idea, value, reason, against } = row;
      const standing = against === null ? null : (values.get(against) ?? null);
      const incumbentValue = testedAgainst(row) ?? standing;
      return { row, shown: { experiment, outcome, idea, value, reason, incumbentValue, best } };
    });
  };
};
