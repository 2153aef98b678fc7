import type { Task } from '../../contract/task-schema.js';

/** A task's word about the memory with everything filled in. */
export interface Memory {
  read: boolean;
  write: boolean;
  halfLifeDays: number;
  /** tasks whose lessons are read, beside its own */
  from: readonly string[];
}

const HALF_LIFE_DAYS = 30;

export const memoryOf = ({ memory, name }: Pick<Task, 'memory' | 'name'>): Memory => {
  if (memory === 'off') return { read: false, write: false, halfLifeDays: HALF_LIFE_DAYS, from: [] };
  const { read = true, write = true, halfLifeDays = HALF_LIFE_DAYS, from = [name] } = memory ?? {};
  return { read, write, halfLifeDays, from };
};
