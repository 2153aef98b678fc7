import type { Parent } from '../../contract/research.js';

/** Id of a child loop: which measurement of which loop above, on which task, for the nth time. */
export const childLoop = ({ loop, experiment, role, index }: Parent, task: string, repeat: number): string =>
  `${loop}/${String(experiment)}-${role}-${String(index)}/${task}.${String(repeat)}`;

/** The ref that stands for a child loop's branch. */
export const childTag = (child: string): string => `refs/autolift/${child}/kept`;
