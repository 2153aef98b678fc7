import { expect, test } from 'vitest';
import { canonicalForm, canonicalText } from '../../../../src/domain/lift/canonical-text.js';
import { gower } from '../../../../src/domain/lift/gower.js';
import { leavesOf, spaceOf } from '../../../../src/domain/lift/leaves.js';
import { mechanismDistance } from '../../../../src/domain/lift/mechanism-distance.js';
import { times } from '../../../support/draws.js';

test('Gower’s distance is the mean over numbers, names, sets and missing leaves', () => {
  const space = { rate: { range: [0, 10] as const }, kind: {}, tags: {}, extra: {} };
  const a = { rate: 2, kind: 'adam', tags: ['x', 'y'], extra: 1 };
  const b = { rate: 7, kind: 'sgd', tags: ['y', 'z'] };
  expect(gower(a, b, space)).toBeCloseTo((0.5 + 1 + 2 / 3 + 1) / 4, 12);
});

test('a number outside its range is no further than 1, and a leaf outside the space is refused', () => {
  expect(gower({ rate: -100 }, { rate: 100 }, { rate: { range: [0, 1] } })).toBe(1);
  expect(() => gower({ rate: 1, toString: 2 }, {}, { rate: {} })).toThrow(/toString/);
});

test('leaves are found by path, and numbers know the range they were seen in', () => {
  const history = [leavesOf({ a: { 'b/c': 1 }, tags: ['x'] }), leavesOf({ a: { 'b/c': 5 } })];
  expect(history[0]).toEqual({ '/a/b~1c': 1, '/tags': ['x'] });
  expect(spaceOf(history)).toEqual({ '/a/b~1c': { range: [1, 5] }, '/tags': {} });
});

test('generated identifiers have no names of their own, others do', () => {
  const isGenerated = (text: string) => text.startsWith('id_');
  const first = { use: 'id_b', parts: { id_b: { size: 1 }, id_a: { size: 2 } } };
  const renamed = { parts: { id_x: { size: 2 }, id_y: { size: 1 } }, use: 'id_y' };
  const rewired = { parts: { id_x: { size: 2 }, id_y: { size: 1 } }, use: 'id_x' };
  expect(canonicalText(first, isGenerated)).toBe(canonicalText(renamed, isGenerated));
  expect(canonicalText(first, isGenerated)).not.toBe(canonicalText(rewired, isGenerated));
  expect(canonicalText(first)).not.toBe(canonicalText(renamed));
  const leaves = [first, renamed].map((one) => leavesOf(canonicalForm(one, isGenerated)));
  expect(gower(leaves[0] ?? {}, leaves[1] ?? {}, spaceOf(leaves))).toBe(0);
  expect(canonicalText('#0')).not.toBe(canonicalText('id_a', isGenerated));
});

const probes = (answers: readonly string[]) => times(50, () => answers);

test('mechanisms are as far apart as what they do on recorded probes', () => {
  expect(mechanismDistance(probes(['a', 'a', 'b', 'b']), probes(['a', 'b', 'b', 'b']))).toBeCloseTo(0.25, 12);
  expect(mechanismDistance(probes(['a']), probes(['b']))).toBe(1);
});

test('too few, other or unanswered probes say nothing', () => {
  const few = times(49, () => ['a']);
  expect(() => mechanismDistance(few, few)).toThrow(/50 probes/);
  expect(() => mechanismDistance(probes(['a']), few)).toThrow(/same probes/);
  expect(() => mechanismDistance(probes([]), probes(['a']))).toThrow(/no answer/);
});
