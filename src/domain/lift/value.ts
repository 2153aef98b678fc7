import { mean } from '../statistics.js';

/** All that V may look at in a system; measured by the harness, nothing of it claimed by the system. */
export interface MeasuredSystem {
  /** held-out u_j, mapped to 0 … 1, one per task, tasks always in the same order */
  scores: readonly number[];
  /** evaluator and suite have their pinned hashes */
  pinned: boolean;
  /** no canary was touched */
  canariesPass: boolean;
  /** the audit log's hash chain verifies */
  chainVerifies: boolean;
  /** the crash guard was kept */
  crashesWithinGuard: boolean;
  /** the bridge of every evaluator version in use was accepted */
  bridgesAccepted: boolean;
  /** cost, its cap and the reference system's, all in GPU-seconds */
  cost: number;
  costCap: number;
  referenceCost: number;
  /** lambda: what each doubling of cost must earn, in units of u; eps by default */
  pricePerDoubling: number;
}

export interface ValueClause {
  name: 'valid' | 'gain' | 'drift' | 'cap' | 'price';
  /** part of the value of task j; a gate adds nothing or makes it -Infinity */
  of: (system: MeasuredSystem, task: number) => number;
}

const gate = (open: boolean): number => (open ? 0 : Number.NEGATIVE_INFINITY);

/** External validity, expected gain, evaluator drift, and cost twice: a cap, and a price below it. */
export const VALUE_CLAUSES: readonly ValueClause[] = [
  {
    name: 'valid',
    of: (system) =>
      gate(system.pinned && system.canariesPass && system.chainVerifies && system.crashesWithinGuard),
  },
  { name: 'gain', of: ({ scores }, task) => scores[task] ?? Number.NaN },
  { name: 'drift', of: ({ bridgesAccepted }) => gate(bridgesAccepted) },
  { name: 'cap', of: ({ cost, costCap }) => gate(cost <= costCap) },
  {
    name: 'price',
    of: ({ cost, referenceCost, pricePerDoubling }) => -pricePerDoubling * Math.log2(cost / referenceCost),
  },
];

/** Value of each task, the sum of the clauses: u_j - lambda log2(cost / cost of the reference), or -Infinity. */
export const taskValues = (system: MeasuredSystem): number[] =>
  system.scores.map((_, task) => VALUE_CLAUSES.reduce((sum, { of }) => sum + of(system, task), 0));

/**
 * V(R): -Infinity unless evaluator and suite are pinned, canaries pass, the chain verifies, crashes keep to their guard,
 * every bridge is accepted and the cost keeps to its cap; else mean_j u_j - lambda log2(cost(R) / cost(R_ref)).
 */
export const value = (system: MeasuredSystem): number => mean(taskValues(system));
