import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../../src/domain/lift/canonical-text.js';
import { gower } from '../../../../src/domain/lift/gower.js';
import type { Json } from '../../../../src/contract/json.js';
import { leavesOf, spaceOf } from '../../../../src/domain/lift/leaves.js';
import { mechanismDistance } from '../../../../src/domain/lift/mechanism-distance.js';

const plain = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom('a', 'b', 'c'), fc.boolean());
const leaf: fc.Arbitrary<Json> = fc.oneof(plain, fc.array(plain, { maxLength: 3 }));
const object = (value: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.dictionary(fc.constantFrom('p', 'q', 'r'), value, { noNullPrototype: true });
const config = object(fc.oneof(leaf, object(leaf)));

test('d_conf is a distance in 0 … 1: zero to itself, symmetric, triangular', () => {
  fc.assert(
    fc.property(config, config, config, (one, two, three) => {
      const [a, b, c] = [leavesOf(one), leavesOf(two), leavesOf(three)];
      const space = spaceOf([a, b, c]);
      const ab = gower(a, b, space);
      expect(gower(a, a, space)).toBe(0);
      expect(ab).toBeGreaterThanOrEqual(0);
      expect(ab).toBeLessThanOrEqual(1);
      expect(gower(b, a, space)).toBe(ab);
      expect(gower(a, c, space)).toBeLessThanOrEqual(ab + gower(b, c, space) + 1e-12);
    }),
    { numRuns: 1000 },
  );
});

const reversed = (value: Json): Json => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, reversed(one)]),
  );
};

test('the order of keys changes neither d_conf nor the canonical text', () => {
  fc.assert(
    fc.property(config, (one) => {
      const [a, b] = [leavesOf(one), leavesOf(reversed(one))];
      expect(gower(a, b, spaceOf([a, b]))).toBe(0);
      expect(canonicalText(reversed(one))).toBe(canonicalText(one));
    }),
  );
});

test('the canonical text tells configurations apart and survives renaming of generated identifiers', () => {
  const isGenerated = (text: string) => text.startsWith('g:');
  const generated = object(
    fc.oneof(leaf, fc.constantFrom('g:1', 'g:2'), fc.array(fc.constantFrom('g:1', 'g:2'))),
  );
  fc.assert(
    fc.property(generated, config, (one, other) => {
      const text = JSON.stringify(one);
      const renamed = JSON.parse(text.replaceAll('g:1', 'g:x').replaceAll('g:2', 'g:1')) as Json;
      expect(canonicalText(renamed, isGenerated)).toBe(canonicalText(one, isGenerated));
      if (canonicalText(one) === canonicalText(other)) expect(one).toEqual(other);
    }),
  );
});

const answer = fc.constantFrom('keep', 'forbid', 'move');
const behaviour = fc.array(fc.array(answer, { minLength: 4, maxLength: 4 }), {
  minLength: 50,
  maxLength: 50,
});

test('d_mech is a distance in 0 … 1 that doesn’t care in which order the seeds were asked', () => {
  fc.assert(
    fc.property(behaviour, behaviour, behaviour, (a, b, c) => {
      const ab = mechanismDistance(a, b);
      expect(
        mechanismDistance(
          a,
          a.map((seeds) => seeds.toReversed()),
        ),
      ).toBe(0);
      expect(mechanismDistance(b, a)).toBeCloseTo(ab, 12);
      expect(ab).toBeLessThanOrEqual(1);
      expect(mechanismDistance(a, c)).toBeLessThanOrEqual(ab + mechanismDistance(b, c) + 1e-12);
    }),
  );
});
