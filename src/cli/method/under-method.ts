import type { MethodInForce } from '../../contract/method.js';
import type { Task } from '../../contract/task-schema.js';
import { passedOver } from '../../domain/method/passed-over.js';
import { project } from '../../domain/method/project.js';
import { type Handed, handedBy } from './handed-mechanism.js';
import { loadMethod } from './load-method.js';

/** A task under the method that was asked for, what of it no verdict depends on, what a loop's input says of it, and its mechanism. */
export const underMethod = async (
  task: Task,
  ref: string | undefined,
  cwd: string,
): Promise<{ task: Task; unread: string[]; inForce: { method?: MethodInForce }; handed: Handed[] }> => {
  if (ref === undefined) return { task, unread: [], inForce: {}, handed: [] };
  const { method, hash } = await loadMethod(ref, cwd);
  const projected = project(method, task);
  return {
    task: projected.task,
    unread: passedOver(method, task.acceptance).map((text) => `${ref}: ${text}`),
    inForce: { method: { ref, hash, policy: projected.policy } },
    handed: handedBy(ref, method.mechanism),
  };
};
