/** Names that cross a process: task queues, workflow types, messages, search attributes. No code but strings. */

export const CONTROL_QUEUE = 'control';

/** The queue that any host with a device of this class polls. */
export const deviceQueue = (deviceClass: string): string => `device.${deviceClass}`;

/** The queue of one host, for a step that must stay where its files are. */
export const hostQueue = (deviceClass: string, host: string): string => `device.${deviceClass}.${host}`;

/** Of one device worker's process, where it answers for itself. */
export const deskQueue = (host: string, pid: string): string => `host.${host}.${pid}`;

export const ASK_HOSTS = 'askHosts';

export const RESEARCH_LOOP = 'researchLoop';

export const NOISE_STUDY = 'noiseStudy';

export const ABLATION = 'ablation';

export const TRANSFER_STUDY = 'transferStudy';

export const EVALUATOR_EPOCH = 'evaluatorEpoch';

/** Workflow updates: each has a validator, a refused one leaves no history. */
export const UPDATES = {
  pause: 'pause',
  resume: 'resume',
  stop: 'stop',
  steer: 'steer',
  setBudget: 'setBudget',
  approve: 'approve',
  reject: 'reject',
  stopMechanism: 'stopMechanism',
} as const;

export const QUERIES = {
  status: 'status',
  noiseProgress: 'noiseProgress',
  epochProgress: 'epochProgress',
  ablationProgress: 'ablationProgress',
  transferProgress: 'transferProgress',
} as const;

/** Search attributes of a loop; `Level` alone is a keyword of Temporal's query parser. */
export const SEARCH_ATTRIBUTES = {
  Task: 'Keyword',
  LiftLevel: 'Int',
  DeviceClass: 'Keyword',
  BestScore: 'Double',
  Experiments: 'Int',
  Phase: 'Keyword',
} as const;

/** The ref that keeps experiment n's candidate commit, whatever its outcome. */
export const candidateRef = (loop: string, experiment: number): string =>
  `refs/autolift/${loop}/${String(experiment)}`;

/** On a git remote: the ref that keeps a commit there that is no candidate of the loop, but measured or scored by. */
export const heldRef = (loop: string, commit: string): string =>
  `refs/autolift/${loop}/at/${commit.slice(0, 16)}`;

/** The ref of the provisional branch's head, under branch + promote. */
export const headRef = (loop: string): string => `refs/autolift/${loop}/head`;

/**
 * The branch (without refs/heads/) that a keep advances. A child loop's tag is a whole ref: a person's list of branches
 * is no place for hundreds of them.
 */
export const branchName = (tag: string): string => (tag.startsWith('refs/') ? tag : `autoresearch/${tag}`);
