/**
 * Seed of the nth measurement of an experiment: 31 bits, fixed by its arguments alone, so that a candidate and
 * the incumbent it is compared with meet the same draw. (FNV-1a over the numbers' text, finished as in murmur3.)
 */
export const measurementSeed = (loopSeed: number, experiment: number, index: number): number => {
  let hash = 0x811c9dc5;
  for (const char of `${String(loopSeed)}/${String(experiment)}/${String(index)}`) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
};
