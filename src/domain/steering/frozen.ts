import type { Knob } from '../../contract/mechanism.js';
import type { Knobs } from './knobs.js';

const fits = (pattern: string, text: string | undefined): boolean =>
  text !== undefined && (pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern);

/** The pattern that freezes a knob, by its id or by its file; null where it may be turned. */
export const frozenBy = (
  { id, group }: Pick<Knob, 'id' | 'group'>,
  freeze: readonly string[],
): string | null => freeze.find((pattern) => fits(pattern, id) || fits(pattern, group)) ?? null;

/** The knobs of a space that stay as they are. */
export const frozenKnobs = (space: readonly Knob[], freeze: readonly string[]): Set<string> =>
  new Set(space.filter((knob) => frozenBy(knob, freeze) !== null).map(({ id }) => id));

/** What an edit did to a knob or a file that stays as it is, in words for whoever made it; null if nothing. */
export const frozenFault = (
  { before, after, paths }: { before: Knobs; after: Knobs; paths: readonly string[] },
  freeze: readonly string[],
): string | null => {
  if (freeze.length === 0) return null;
  const file = paths.find((path) => freeze.some((pattern) => !pattern.includes(':') && fits(pattern, path)));
  if (file !== undefined) return `${file} stays as it is: change something else`;
  const { space, config } = before;
  const frozen = frozenKnobs(space, freeze);
  const touched = space.find(({ id }) => frozen.has(id) && config[id] !== after.config[id]);
  return touched === undefined
    ? null
    : `${touched.id} stays at ${String(config[touched.id])}: change something else`;
};
