import { loadTask } from '../../../../src/cli/task/load-task.js';
import { preflight, type Cleared } from '../../../../src/cli/task/preflight.js';
import type { SampleTask } from './sample-task.js';

const env = { PATH: process.env['PATH'] };

export const clear = async (task: SampleTask, more: Record<string, string> = {}): Promise<Cleared> =>
  preflight(await loadTask(task.folder), { home: task.folder, env: { ...env, ...more }, local: true });

/** The message that a task is refused with, or 'cleared'. */
export const refusal = async (task: SampleTask, more: Record<string, string> = {}): Promise<string> => {
  const error: unknown = await clear(task, more).then(
    () => 'cleared',
    (reason: unknown) => reason,
  );
  const text = error instanceof Error && error.name === 'UserError' ? error.message : String(error);
  return text.replaceAll(task.folder, '<task>');
};
