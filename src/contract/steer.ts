import type { Json } from './json.js';
import type { Incumbent, Noise } from './loop.js';
import type { Policy } from './method.js';
import type { Guidance, Steering, SteeringRecord } from './steering.js';
import type { Task } from './task-schema.js';

/** Asks a mechanism, or a restart rule, for the next proposal's guidance. */
export interface SteerRequest {
  loop: string;
  task: Task;
  source: { repository: string; prefix: string; baseCommit: string };
  policy: Policy;
  experiment: number;
  incumbent: Incumbent;
  noise: Noise | null;
  /** experiments so far and in all, and the share of the budget that is left */
  t: number;
  T: number;
  budgetLeft: number;
  /** experiments without a keep */
  sinceKeep: number;
  steering: Pick<Steering, 'state' | 'observed' | 'record' | 'pending'>;
}

export interface Steered {
  guidance: Guidance;
  /** commit of the parent; null: the incumbent */
  base: string | null;
  state: Json;
  observed: number | null;
  record: SteeringRecord;
}
