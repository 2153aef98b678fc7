import { Context } from '@temporalio/activity';
import type { Usage } from '../../../contract/proposal.js';

/** Heartbeat details: a retried attempt knows from them what was paid before it. */
export interface Paid {
  paid: Record<string, Usage>;
}

/** What earlier attempts of this activity have paid, by experiment. */
export const paidBefore = (): Record<string, Usage> =>
  (Context.current().info.heartbeatDetails as Partial<Paid> | undefined)?.paid ?? {};

/** The details that tell the next attempt of it. */
export const paidBy = (experiment: number, usage: Usage): Paid => ({
  paid: { ...paidBefore(), [String(experiment)]: usage },
});
