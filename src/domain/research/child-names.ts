import type { Parent } from '../../contract/research.js';

/** Id of a child loop: which measurement of which loop above, on which task, for the nth time. */
export const childLoop = ({ loop, experiment, role, index }: Parent, task: string, repeat: number): string =>
  `${loop}/${String(experiment)}-${role}-${String(index)}/${task}.${String(repeat)}`;

/** The ref that stands for a child loop's branch. */
export const childTag = (child: string): string => `refs/autolift/${child}/kept`;

const CHILD = /^(.+)\/\d+-(?:baseline|candidate|incumbent)-\d+\/[^/]+$/;

const UNIT = /\/(\d+)-(baseline|candidate|incumbent)-(\d+)\/([^/]+)$/;

/** The child loops that run for an experiment now: `incumbent, measurement 2: sine.0, k-module.0`; "" where none do. */
export const childrenInWords = (experiment: number, children: readonly string[]): string => {
  const units = new Map<string, string[]>();
  for (const child of children) {
    const [, of, role = '', index, unit = ''] = UNIT.exec(child) ?? [];
    if (Number(of) !== experiment) continue;
    const measurement = `${role}, measurement ${String(Number(index) + 1)}`;
    units.set(measurement, [...(units.get(measurement) ?? []), unit]);
  }
  return [...units].map(([measurement, names]) => `${measurement}: ${names.join(', ')}`).join('; ');
};

/** What an ablation's id begins with. */
export const ABLATIONS = 'ablation';

const CELL = new RegExp(`^(${ABLATIONS}/[^/]+)/.+$`);

/** The loop or ablation above that a loop belongs to, by its id; null: a person started it. */
export const parentOf = (loop: string): string | null =>
  CHILD.exec(loop)?.[1] ?? CELL.exec(loop)?.[1] ?? null;

/** The loop or ablation that a person started, above all others of a loop's family. */
export const rootOf = (loop: string): string => {
  const parent = parentOf(loop);
  return parent === null ? loop : rootOf(parent);
};

/** Whether this is an ablation itself, and no loop of one. */
export const isAblation = (id: string): boolean => id.startsWith(`${ABLATIONS}/`) && parentOf(id) === null;

/** Whether a loop is there to be compared with others. */
export const isOfAblation = (loop: string): boolean => loop.startsWith(`${ABLATIONS}/`);
