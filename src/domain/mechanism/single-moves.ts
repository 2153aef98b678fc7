import type { Knob, MechanismContext, Move } from '../../contract/mechanism.js';
import { type Config, settingAfter } from './apply-moves.js';
import { moveKey } from './move-key.js';

/** Every knob turned once: what a directive's odds are compared on. Places in `keys`, by what a pattern can name. */
export interface SingleMoves {
  keys: readonly string[];
  byKey: ReadonlyMap<string, number>;
  byKnob: ReadonlyMap<string, readonly number[]>;
  byGroup: ReadonlyMap<string, readonly number[]>;
}

const standsElsewhere = (knob: Knob, from: Config[string] | undefined, move: Move): boolean => {
  if (from === undefined) return true;
  const after = settingAfter(knob, from, move);
  return 'setting' in after && after.setting !== from;
};

/** A step up and one down, or each other choice; of a knob with neither, a change that only its name can match. */
const keysOf = (knob: Knob, config: Config | null): string[] => {
  const { id, kind, values = [] } = knob;
  const moves: Move[] =
    kind === 'choice'
      ? values.map((to) => ({ knob: id, to }))
      : [1, -1].map((step): Move => ({ knob: id, step }));
  const possible = moves.filter((move) => standsElsewhere(knob, config?.[id], move));
  return possible.length > 0 ? possible.map(moveKey) : kind === 'choice' && values.length === 0 ? [id] : [];
};

const collect = (space: readonly Knob[], config: Config | null): SingleMoves => {
  const keys: string[] = [];
  const byKnob = new Map<string, readonly number[]>();
  const byGroup = new Map<string, number[]>();
  for (const knob of space) {
    const places = keysOf(knob, config).map((key) => keys.push(key) - 1);
    byKnob.set(knob.id, places);
    if (knob.group !== undefined) byGroup.set(knob.group, [...(byGroup.get(knob.group) ?? []), ...places]);
  }
  return { keys, byKey: new Map(keys.map((key, place) => [key, place])), byKnob, byGroup };
};

const NO_CONFIG: Config = {};
const remembered = new WeakMap<Config, { space: readonly Knob[]; found: SingleMoves }>();

/** The same settings are asked about at each step of a loop. */
export const singleMoves = (space: MechanismContext['space'], config: Config | null): SingleMoves => {
  const known = remembered.get(config ?? NO_CONFIG);
  if (known?.space === space) return known.found;
  const found = collect(space, config);
  remembered.set(config ?? NO_CONFIG, { space, found });
  return found;
};
