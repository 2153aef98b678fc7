/** What `init` writes into task.yaml, each part with where it was seen. */
export interface Draft {
  name: string;
  editable: string[];
  instructions: string | null;
  runCommand: string;
  budget: string;
  read: string[];
  measureCommand: string | null;
  metric: { name: string; direction: 'minimize' | 'maximize' };
  /** commands that could be guards; written as a comment, since they cost time on each keep */
  guards: string[];
  evidence: { key: string; value: string; because: string }[];
  /** what could not be seen and must be filled in or checked */
  open: string[];
}

/** Stands where nothing was found; no file and no metric has this name. */
export const FILL_IN = 'FILL_ME_IN';
