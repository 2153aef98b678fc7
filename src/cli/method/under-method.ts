import type { MethodInForce } from '../../contract/method.js';
import type { Task } from '../../contract/task-schema.js';
import { passedOver } from '../../domain/method/passed-over.js';
import { project } from '../../domain/method/project.js';
import { loadMethod } from './load-method.js';

/** A task under the method that was asked for, what of it no verdict depends on, and what a loop's input says of it. */
export const underMethod = async (
  task: Task,
  ref: string | undefined,
  cwd: string,
): Promise<{ task: Task; unread: string[]; inForce: { method?: MethodInForce } }> => {
  if (ref === undefined) return { task, unread: [], inForce: {} };
  const { method, hash } = await loadMethod(ref, cwd);
  const projected = project(method, task);
  return {
    task: projected.task,
    unread: passedOver(method, task.acceptance).map((text) => `${ref}: ${text}`),
    inForce: { method: { ref, hash, policy: projected.policy } },
  };
};
