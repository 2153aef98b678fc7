import type { LessonSource } from '../../contract/lesson.js';
import type { LoopInput } from '../../contract/loop.js';
import { memoryOf } from './memory-setting.js';

/**
 * What a loop's verdicts are remembered under; null: they aren't. Loops below another leave nothing: what one candidate's
 * loops have learnt must not be told to those of the candidate that it is compared with.
 */
export const lessonSource = ({ task, epoch, parent }: LoopInput): LessonSource | null =>
  parent !== undefined || !memoryOf(task).write
    ? null
    : { task: task.name, level: task.level, epoch: epoch?.number ?? 1 };
