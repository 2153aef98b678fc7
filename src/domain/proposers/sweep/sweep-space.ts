import type { KnobValue } from '../../../contract/mechanism.js';
import { frozenKnobs } from '../../steering/frozen.js';
import type { Knobs } from '../../steering/knobs.js';
import { writeSetting } from '../../steering/write-setting.js';
import { type Change, proposalOf } from '../mutate/mutate.js';
import type { Proposal } from '../../../contract/proposal.js';
import { type Dimension, dimensionOf } from './dimension.js';

export interface SweepSpace {
  dimensions: Dimension[];
  /** the settings of a sampler's answer */
  settings(params: readonly number[]): Map<string, KnobValue>;
  /** where an artifact lies; null where it lacks one of the knobs, or is outside */
  place(config: Readonly<Record<string, KnobValue>>): number[] | null;
}

/**
 * The literals that `mutate` changes, each within bounds that follow from the unchanged artifact: they stay what they are
 * while the incumbent moves, so that all trials lie in one space.
 */
export const sweepSpace = (
  { space, config }: Pick<Knobs, 'space' | 'config'>,
  { only, freeze }: { only: readonly string[] | undefined; freeze: readonly string[] },
): SweepSpace => {
  const frozen = frozenKnobs(space, freeze);
  const wanted = only === undefined ? null : frozenKnobs(space, only);
  const dimensions = space.flatMap((knob) => {
    const now = config[knob.id];
    if (now === undefined || frozen.has(knob.id) || wanted?.has(knob.id) === false) return [];
    return dimensionOf(knob, now) ?? [];
  });
  return {
    dimensions,
    settings: (params) =>
      new Map(dimensions.map(({ id, decode }, index) => [id, decode(params[index] ?? Number.NaN)])),
    place: (artifact) => {
      const places = dimensions.map(({ id, encode }) => {
        const setting = artifact[id];
        return setting === undefined ? null : encode(setting);
      });
      return places.every((place) => place !== null) ? places : null;
    },
  };
};

/** Settings written into files; those that are there already, or can't be written, stay as they are. */
export const writeSettings = (
  settings: ReadonlyMap<string, KnobValue>,
  { literals }: Pick<Knobs, 'literals'>,
  files: ReadonlyMap<string, string>,
): Proposal | null => {
  const changes = [...settings].flatMap(([id, setting]): Change[] => {
    const literal = literals.get(id);
    const text = literal === undefined ? null : writeSetting(literal, setting);
    return literal === undefined || text === null ? [] : [{ literal, text }];
  });
  return changes.length === 0 ? null : proposalOf(changes, files);
};
