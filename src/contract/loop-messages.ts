import type { Budget } from './task-schema.js';

/** Arguments of the updates in names.ts. */
export interface LoopMessages {
  pause: { reason?: string };
  resume: Record<string, never>;
  stop: { mode: 'finish' | 'cancel'; reason?: string };
  steer: { hint: string };
  setBudget: { budget: Budget };
  approve: { experiment: number };
  reject: { experiment: number; reason?: string };
  /** it is asked no more, and what the loop finds from then on says nothing for it */
  stopMechanism: { reason?: string };
}
