import type { Knob } from '../../contract/mechanism.js';
import { frozenBy } from './frozen.js';

/** What a task has that may be frozen. */
export interface Freezable {
  space: readonly Pick<Knob, 'id' | 'group'>[];
  /** all files of the task's folder */
  files: readonly string[];
}

/** Patterns of `freeze` that fit no knob and no file of any of these tasks: slips of the pen, or meant for others. */
export const freezesNothing = (freeze: readonly string[], tasks: readonly Freezable[]): string[] => {
  const all = tasks.flatMap(({ space, files }) => [
    ...space,
    ...files.map((file) => ({ id: file, group: file })),
  ]);
  return [...new Set(freeze)].filter((pattern) => all.every((one) => frozenBy(one, [pattern]) === null));
};
