import type { Prepared, Proposal, Usage } from '../../contract/proposal.js';

/** What a proposer gave for one experiment, before it is checked and committed. */
export interface Draft {
  experiment: number;
  proposer: string;
  usage: Usage;
  result: Proposal | Rejection;
}

/** Why there is no candidate. */
export interface Rejection {
  idea: string;
  status: 'refused' | 'no_change' | 'duplicate' | 'over_budget';
  reason: string;
  duplicateOf?: number;
}

export const isRejection = (result: Draft['result']): result is Rejection => 'status' in result;

/** A rejection as the workflow gets it. */
export const rejected = ({ experiment, proposer, usage }: Draft, rejection: Rejection): Prepared => ({
  experiment,
  proposer,
  usage,
  ...rejection,
});
