import { expect, test } from 'vitest';
import fc from 'fast-check';
import { referenceSet } from '../../../../src/domain/epoch/reference-set.js';

const row = fc.record({
  outcome: fc.constantFrom('keep', 'discard', 'crash', 'tampered', 'refused' as const),
  value: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
  tree: fc.option(fc.constantFrom('t1', 't2', 't3'), { nil: null }),
});
const rows = fc.array(row, { maxLength: 120 }).map((all) =>
  all.map((one, experiment) => ({
    ...one,
    experiment,
    commit: one.outcome === 'refused' ? null : `c${String(experiment)}`,
  })),
);

test('a reference set is no larger than asked for, without repeats, and holds nothing that has no score or cheated', () => {
  fc.assert(
    fc.property(rows, fc.nat(119), fc.integer({ min: 1, max: 40 }), (all, stands, most) => {
      const set = referenceSet(all, stands, most);
      expect(set.length).toBeLessThanOrEqual(most);
      expect(new Set(set.map(({ commit }) => commit)).size).toBe(set.length);
      for (const { experiment } of set) {
        const found = all[experiment];
        expect(found?.value).not.toBeNull();
        expect(found?.outcome).not.toBe('tampered');
      }
      const trees = set.flatMap(({ experiment }) => all[experiment]?.tree ?? []);
      expect(new Set(trees).size).toBe(trees.length);
    }),
  );
});

test('what stands comes first, and the best and the worst of the discarded ones are there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 5, max: 40 }), (count, most) => {
      const all = Array.from({ length: count }, (_, experiment) => ({
        experiment,
        outcome: experiment % 30 === 0 ? ('keep' as const) : ('discard' as const),
        value: (experiment * 37) % 101,
        tree: null,
        commit: `c${String(experiment)}`,
      }));
      const stands = Math.floor((count - 1) / 30) * 30;
      const set = referenceSet(all, stands, most).map(({ experiment }) => experiment);
      expect(set[0]).toBe(stands);
      expect(set).toEqual(
        expect.arrayContaining(
          all.filter(({ outcome }) => outcome === 'keep').map(({ experiment }) => experiment),
        ),
      );
      const discarded = all
        .filter(({ outcome }) => outcome === 'discard')
        .toSorted((a, b) => a.value - b.value);
      if (discarded.length > 1 && most > 6) {
        expect(set).toContain(discarded[0]?.experiment);
        expect(set).toContain(discarded.at(-1)?.experiment);
      }
      expect(set.length).toBe(Math.min(count, most));
    }),
  );
});
