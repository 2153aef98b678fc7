import type { TransferPlan } from '../../contract/transfer.js';
import { runCost } from '../loop/run-cost.js';
import { branchArtifacts, leftOutChanges } from './artifacts.js';

export interface TransferBudget {
  /** artifacts that run on every seed */
  artifacts: number;
  /** at most; a metric that doesn't vary is known after three seeds */
  runs: number;
  /** at the pace of the loop's own runs, which is another class's: a guess */
  deviceSeconds: number;
}

/** What a study takes, before it begins. */
export const transferBudget = (
  plan: TransferPlan,
  { to, pairs, only }: { to: readonly string[]; pairs: number; only?: readonly number[] },
): TransferBudget => {
  const artifacts = branchArtifacts(plan, only).length + leftOutChanges(plan, only).length;
  const runs = artifacts * pairs * to.length;
  return { artifacts, runs, deviceSeconds: runs * (plan.runSeconds ?? runCost(plan.task)) };
};
