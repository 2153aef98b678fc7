export interface Random {
  /** uniform in [0, 1), 32 bits */
  next(): number;
  /** uniform in 0 … n - 1 */
  int(n: number): number;
  pick<T>(list: readonly T[]): T;
}

/** The finish of murmur3: every bit of the input moves every bit of the output. */
const mix = (value: number): number => {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const digest = (text: string, salt: number): number => {
  let hash = 0x811c9dc5 ^ salt;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
};

/**
 * A stream of numbers fixed by its seed alone: sfc32 (Doty-Humphrey, 128 bits of state), filled with three salted
 * FNV-1a hashes of the seed's parts and run in for twelve steps. Other parts, other stream: ask for a stream by name
 * instead of sharing one, so that one consumer doesn't shift another's draws.
 */
export const random = (...seed: (string | number)[]): Random => {
  const text = seed.map(String).join('\u0000');
  let [a, b, c, d] = [digest(text, 0), digest(text, 0x9e3779b9), digest(text, 0x3c6ef372), 1];
  const step = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 12; warm++) step();
  const next = (): number => step() / 2 ** 32;
  const int = (n: number): number => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[int(list.length)] as T;
  };
  return { next, int, pick };
};

/** One of `options` by its weight, from one draw. */
export const pickWeighted = <T extends { weight: number }>(draw: number, options: readonly T[]): T => {
  const last = options.at(-1);
  if (last === undefined) throw new RangeError('nothing to pick from');
  let left = draw * options.reduce((sum, option) => sum + option.weight, 0);
  for (const option of options) {
    left -= option.weight;
    if (left < 0) return option;
  }
  return last;
};
