import type { Random } from '../../random.js';
import type { Range } from './literal.js';
import { numeral } from './numeral.js';

const FLIP = 0.04;

const isPowerOfTwo = (value: number): boolean => value >= 4 && Number.isInteger(Math.log2(value));

/** exp of a uniform draw: as likely to halve as to double. */
const factor = (random: Random, spread: number): number =>
  Math.exp((2 * random.next() - 1) * Math.log(spread));

const anySpread = (random: Random): number => {
  const draw = random.next();
  return draw < 0.5 ? 2 : draw < 0.8 ? 1.1 : 10;
};

const stepFloat = (value: number, random: Random): number => {
  if (value === 0) return 10 ** (-3 * random.next());
  const spread = anySpread(random);
  // 0.9 and 0.99 differ in what is left to 1
  if (value > 0.5 && value < 1 && random.next() < 0.5) {
    const moved = 1 - (1 - value) * factor(random, spread);
    if (moved > 0) return moved;
  }
  return value * factor(random, spread);
};

const roundTo = (value: number, digits: number): number => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) + 1 - digits);
  return Math.round(value / unit) * unit;
};

const stepInteger = (value: number, random: Random): number => {
  if (isPowerOfTwo(value)) {
    const power = Math.log2(value) + random.pick([-1, -1, 1, 1, -2, 2]);
    return 2 ** Math.max(0, power);
  }
  if (value <= 1) return value === 0 ? random.pick([1, 1, 2]) : random.pick([2, 2, 3, 0]);
  const small = random.pick([-1, -1, 1, 1, -2, 2, 3]);
  if (value <= 10 || random.next() < 0.2) return Math.max(1, value + small);
  const digits = String(value).replace(/0+$/, '').length + 1;
  return Math.max(1, roundTo(value * factor(random, anySpread(random)), digits));
};

const anywhere = (range: Range, random: Random): number =>
  range.low > 0 && range.high / range.low >= 100
    ? range.low * (range.high / range.low) ** random.next()
    : range.low + (range.high - range.low) * random.next();

/** A place in the declared range, wherever the value is now; a power of two moves among powers of two. */
const within = (value: number, range: Range, random: Random): number => {
  const drawn = anywhere(range, random);
  return isPowerOfTwo(value) && drawn > 0 ? 2 ** Math.round(Math.log2(drawn)) : drawn;
};

const attempt = (value: number, integer: boolean, random: Random): number => {
  const size = Math.abs(value);
  return (value < 0 ? -1 : 1) * (integer ? stepInteger(size, random) : stepFloat(size, random));
};

export interface Bounds {
  /** a minus sign may stand here */
  signed: boolean;
  range: Range | null;
}

/** Another number in the same spelling, sign included; null if none was found that reads differently. */
export const perturb = (text: string, bounds: Bounds, random: Random): string | null => {
  const negative = text.startsWith('-');
  const style = numeral(negative ? text.slice(1) : text);
  if (style.integer ? !Number.isSafeInteger(style.value) : !Number.isFinite(style.value)) return null;
  const value = negative ? -style.value : style.value;
  const { range } = bounds;
  for (let draw = 0; draw < 12; draw++) {
    let next =
      range !== null && random.next() < 0.5
        ? within(value, range, random)
        : attempt(value, style.integer, random);
    const zero = value === 0 && !style.integer;
    if (range === null && bounds.signed && random.next() < (zero ? 0.25 : FLIP)) next = -next;
    if (style.integer) next = Math.round(next);
    if (!Number.isFinite(next) || (next < 0 && !negative && !bounds.signed)) continue;
    const written = style.write(Math.abs(next));
    if (written === null) continue;
    const result = (next < 0 ? '-' : '') + written;
    const read = (next < 0 ? -1 : 1) * numeral(written).value;
    if (!Number.isFinite(read)) continue;
    if (range !== null && (read < range.low || read > range.high)) continue;
    if (result !== text && read !== value) return result;
  }
  return null;
};
