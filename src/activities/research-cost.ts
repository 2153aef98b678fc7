import type { ControlActivities } from '../contract/activities.js';
import type { Ledger } from '../storage/ledger/index.js';

export interface ResearchCostDeps {
  ledger: Pick<Ledger, 'loops'>;
}

/** What the loops below one have tried, as the ledger has it. */
export const createResearchCost =
  ({ ledger }: ResearchCostDeps): ControlActivities['researchCost'] =>
  async ({ loop }) => {
    const below = (await ledger.loops()).filter((one) => one.loop.startsWith(`${loop}/`));
    return { experiments: below.reduce((all, { experiments }) => all + experiments, 0) };
  };
