import type { Knob, KnobValue } from '../../../contract/mechanism.js';
import type { SweepQuestion } from '../../../contract/sweep.js';

/** A knob as a sampler sees it: a number within bounds, and the setting that each number stands for. */
export interface Dimension {
  id: string;
  axis: SweepQuestion['space'][number];
  /** null: a setting that lies outside */
  encode: (setting: KnobValue) => number | null;
  decode: (place: number) => KnobValue;
}

/** A range as wide as this is searched by orders of magnitude, as `mutate` does. */
const WIDE = 100;
/** How far from its value a number without a declared range is looked for. */
const REACH = 10;

type Axis = Dimension['axis'];
type Scale = Pick<Dimension, 'axis'> & { to: (value: number) => number; from: (place: number) => number };

const isPowerOfTwo = (value: number): boolean => value >= 4 && Number.isInteger(Math.log2(value));

const plain = (kind: Axis['kind'], low: number, high: number): Scale => ({
  axis: { kind, low, high, log: low > 0 && high / low >= WIDE },
  to: (value) => value,
  from: (place) => place,
});

const powers = (low: number, high: number): Scale => ({
  axis: { kind: 'int', low: Math.ceil(Math.log2(low)), high: Math.floor(Math.log2(high)), log: false },
  to: Math.log2,
  from: (place) => 2 ** place,
});

const declared = (kind: 'float' | 'int', now: number, [low, high]: readonly [number, number]): Scale => {
  if (kind === 'float') return plain(kind, low, high);
  return isPowerOfTwo(now) && high >= 2
    ? powers(Math.max(1, low), high)
    : plain(kind, Math.ceil(low), Math.floor(high));
};

const freeFloat = (now: number): Scale => {
  if (now === 0) return plain('float', -1, 1);
  // 0.9 and 0.99 differ in what is left to 1
  if (now > 0.5 && now < 1)
    return {
      axis: { kind: 'float', low: (1 - now) / REACH, high: Math.min(0.9, (1 - now) * REACH), log: true },
      to: (value) => 1 - value,
      from: (place) => 1 - place,
    };
  return plain('float', now / REACH, now * REACH);
};

const freeInteger = (now: number): Scale => {
  if (now === 0) return plain('int', 0, 4);
  return isPowerOfTwo(now)
    ? powers(Math.max(1, now / 8), now * 8)
    : plain('int', Math.max(1, Math.round(now / 4)), Math.max(now + 3, now * 4));
};

const mirrored = ({ axis, to, from }: Scale): Scale => ({
  axis,
  to: (value) => to(-value),
  from: (place) => -from(place),
});

const scaleOf = ({ kind, range }: Knob, now: number): Scale => {
  const number = kind === 'integer' ? 'int' : 'float';
  if (range !== undefined) return declared(number, now, range);
  const free = number === 'int' ? freeInteger : freeFloat;
  return now < 0 ? mirrored(free(-now)) : free(now);
};

const listed = (id: string, kind: Knob['kind'], values: readonly KnobValue[]): Dimension => ({
  id,
  axis: { kind: kind === 'choice' ? 'choice' : 'int', low: 0, high: values.length - 1, log: false },
  encode: (setting) => {
    const at = values.indexOf(setting);
    return at === -1 ? null : at;
  },
  decode: (place) => values[place] ?? values[0] ?? '',
});

/** A knob as a dimension, by where the unchanged artifact has it; null where there is nothing to choose from. */
export const dimensionOf = (knob: Knob, now: KnobValue): Dimension | null => {
  const { id, kind, values } = knob;
  if (values !== undefined) return values.length < 2 ? null : listed(id, kind, values);
  if (typeof now !== 'number') return null;
  const { axis, to, from } = scaleOf(knob, now);
  if (!(axis.low < axis.high)) return null;
  const isWithin = (place: number): boolean => place >= axis.low && place <= axis.high;
  return {
    id,
    axis,
    encode: (setting) => {
      const place = typeof setting === 'number' ? to(setting) : Number.NaN;
      return isWithin(place) && (axis.kind !== 'int' || Number.isInteger(place)) ? place : null;
    },
    decode: from,
  };
};
