import type { LessonSource } from '../../contract/lesson.js';
import type { LoopInput } from '../../contract/loop.js';
import { parentOf } from '../research/child-names.js';
import { memoryOf } from './memory-setting.js';

/**
 * What a loop's verdicts are remembered under; null: they aren't. Loops below another, or of an ablation,
 * leave nothing: what one side has learnt must not be told to the side that it is compared with.
 */
export const lessonSource = ({ loop, task, epoch }: LoopInput): LessonSource | null =>
  parentOf(loop) !== null || !memoryOf(task).write
    ? null
    : { task: task.name, level: task.level, epoch: epoch?.number ?? 1 };
