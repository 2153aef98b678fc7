import type { LoopInput } from '../../src/contract/loop.js';
import { taskSchema, type Task } from '../../src/contract/task-schema.js';
import type { z } from 'zod';

const COMMIT = 'a'.repeat(40);

/** A valid task with whatever a test cares about. */
export const taskWith = (extra: Partial<z.input<typeof taskSchema>> = {}): Task =>
  taskSchema.parse({
    name: 'toy',
    editable: ['train.py'],
    run: { command: 'python3 train.py', budget: 10 },
    measure: { metric: { name: 'loss', direction: 'minimize' } },
    acceptance: { rule: 'strict' },
    ...extra,
  });

export const loopInput = (loop: string, task: Task): LoopInput => ({
  v: 1,
  loop,
  tag: loop.split('/')[1] ?? 'tag',
  level: 0,
  task,
  source: {
    repository: '/nowhere',
    remote: '/nowhere',
    prefix: '',
    taskFolder: null,
    baseCommit: COMMIT,
    evaluatorCommit: COMMIT,
    evaluatorHash: null,
  },
  forkedFrom: null,
});
