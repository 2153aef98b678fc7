import type { Parent } from '../../contract/research.js';

/** Id of a child loop: which measurement of which loop above, on which task, for the nth time. */
export const childLoop = ({ loop, experiment, role, index }: Parent, task: string, repeat: number): string =>
  `${loop}/${String(experiment)}-${role}-${String(index)}/${task}.${String(repeat)}`;

/** The ref that stands for a child loop's branch. */
export const childTag = (child: string): string => `refs/autolift/${child}/kept`;

const CHILD = /^(.+)\/\d+-(?:baseline|candidate|incumbent)-\d+\/[^/]+$/;

<<<<<<< HEAD
/** What an ablation's id begins with. */
export const ABLATIONS = 'ablation';

const CELL = new RegExp(`^(${ABLATIONS}/[^/]+)/.+$`);

/** The loop or ablation above that a loop belongs to, by its id; null: a person started it. */
export const parentOf = (loop: string): string | null =>
  CHILD.exec(loop)?.[1] ?? CELL.exec(loop)?.[1] ?? null;
=======
/** The loop above that a loop belongs to, by its id; null: a person started it. */
export const parentOf = (loop: string): string | null => CHILD.exec(loop)?.[1] ?? null;

/** The loop that a person started, above all others of a loop's family. */
export const rootOf = (loop: string): string => {
  const parent = parentOf(loop);
  return parent === null ? loop : rootOf(parent);
};
>>>>>>> 28d296c (feat(memory): lessons of earlier loops, searchable, decaying, told as hypotheses)
