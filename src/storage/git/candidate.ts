import type { Edit } from '../../contract/proposal.js';

/** A candidate to be committed: edits of the files of one commit. */
export interface Candidate {
  /** the ref that will keep it */
  ref: string;
  parent: string;
  /** folder of the task, "" for the root */
  prefix: string;
  /** already checked; paths relative to the folder */
  edits: readonly Edit[];
  message: string;
  /** whole seconds since the epoch */
  at: number;
}

export interface CommittedCandidate {
  commit: string;
  tree: string;
}
