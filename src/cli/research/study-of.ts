import type { LoopInput } from '../../contract/loop.js';
import type { Task } from '../../contract/task-schema.js';
import type { LoadedTask } from '../task/load-task.js';
import type { PreflightOptions } from '../task/preflight.js';
import { resolveResearch } from './resolve-research.js';

/** What a study adds to a loop's input; nothing where candidates are run. */
export interface StudyInput {
  task: Task;
  source: Partial<LoopInput['source']>;
  input: Pick<LoopInput, 'research'>;
  notices: string[];
}

export const studyOf = async (loaded: LoadedTask, options: PreflightOptions): Promise<StudyInput> => {
  const { task } = loaded;
  if (task.research === undefined) return { task, source: {}, input: {}, notices: [] };
  const resolved = await resolveResearch(loaded, task.research, options);
  return {
    task: resolved.task,
    source: { evaluatorHash: resolved.evaluatorHash },
    input: { research: resolved.research },
    notices: resolved.notices,
  };
};
