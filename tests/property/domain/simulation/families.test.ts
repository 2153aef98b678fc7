import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HELD_OUT, TRAIN } from '../../../../src/domain/simulation/families.js';
import { bestChain, chainValue } from '../../../../src/domain/simulation/families/nkchain.js';
import { openInstance } from '../../../../src/domain/simulation/instance.js';
import { KNOBS, REACH, START } from '../../../../src/domain/simulation/landscape.js';

const seed = fc.integer({ min: 0, max: 1e6 }).map(String);
const level = fc.integer({ min: -REACH, max: REACH });
const levels = fc.array(level, { minLength: KNOBS, maxLength: KNOBS });

describe.each([...TRAIN, ...HELD_OUT])('$name', (family) => {
  test('is worth 0 at the start, 1 at its optimum, and nowhere more', () => {
    fc.assert(
      fc.property(
        seed,
        levels,
        fc.array(fc.boolean(), { minLength: KNOBS, maxLength: KNOBS }),
        (name, other, take) => {
          const instance = openInstance(family, name);
          expect(instance.value(START)).toBe(0);
          expect(instance.value(instance.optimum)).toBeCloseTo(1, 12);
          // anywhere, and between anywhere and the optimum
          const mixed = other.map((one, i) => (take[i] === true ? one : (instance.optimum[i] ?? 0)));
          for (const at of [other, mixed]) {
            const value = instance.value(at);
            expect(Number.isNaN(value) || value <= 1 + 1e-12).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is the same from the same seed, and another from another', () => {
    const [a, again, ...others] = ['a', 'a', 'b', 'c'].map((name) => openInstance(family, name));
    expect(again?.optimum).toEqual(a?.optimum);
    const at = START.map((_, i) => (i === 3 ? 1 : 0));
    expect(again?.value(at)).toBe(a?.value(at));
    for (const other of others) expect(other.optimum).not.toEqual(a?.optimum);
  });
});

const table = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }), {
  minLength: 7,
  maxLength: 7,
});

test('the best chain is the one that trying all of them finds', () => {
  fc.assert(
    fc.property(fc.array(table, { minLength: 1, maxLength: 3 }), (links) => {
      const { levels: best, value } = bestChain(links);
      let brute = Number.NEGATIVE_INFINITY;
      for (let code = 0; code < 7 ** (links.length + 1); code++) {
        const chain = Array.from(
          { length: links.length + 1 },
          (_, i) => (Math.floor(code / 7 ** i) % 7) - REACH,
        );
        brute = Math.max(brute, chainValue(links, chain));
      }
      expect(value).toBeCloseTo(brute, 12);
      expect(chainValue(links, best)).toBeCloseTo(brute, 12);
    }),
    { numRuns: 20 },
  );
});
