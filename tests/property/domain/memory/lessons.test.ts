import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EFFECTS } from '../../../../src/contract/lesson.js';
import { chooseLessons } from '../../../../src/domain/memory/choose-lessons.js';
import { lessonWeight } from '../../../../src/domain/memory/lessons.js';
import { DAY, found, NOW } from '../../../unit/domain/memory/found-sighting.js';

const sighting = fc
  .record({
    lesson: fc.constantFrom('a', 'b', 'c', 'd'),
    loop: fc.constantFrom('toy/one', 'toy/two'),
    effect: fc.constantFrom(...EFFECTS),
    count: fc.integer({ min: 1, max: 1e6 }),
    idea: fc.string({ unit: 'binary', maxLength: 400 }),
    evidence: fc.string({ unit: 'binary', maxLength: 400 }),
    lastAt: fc.integer({ min: NOW - 4000 * DAY, max: NOW }),
  })
  .map(found);
const AS_OF = { now: NOW, halfLifeDays: 30 };

test('a lesson only loses weight as time passes', () => {
  fc.assert(
    fc.property(fc.array(sighting, { minLength: 1 }), fc.nat(1000), (sightings, days) => {
      const later = lessonWeight({ sightings }, { ...AS_OF, now: NOW + days * DAY });
      expect(later).toBeLessThanOrEqual(lessonWeight({ sightings }, AS_OF) * (1 + 1e-9) + 1e-9);
      expect(later).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('what a prompt is told keeps within its bounds and does not depend on the order of the rows', () => {
  fc.assert(
    fc.property(fc.array(sighting), fc.nat(6), fc.nat(2000), (sightings, most, characters) => {
      const unique = [...new Map(sightings.map((one) => [one.lesson + one.loop + one.effect, one])).values()];
      const choice = { ...AS_OF, most, characters, task: 'toy', device: 'cpu' };
      const lines = chooseLessons(unique, choice);
      expect(lines.length).toBeLessThanOrEqual(most);
      expect(lines.join('\n').length).toBeLessThanOrEqual(characters);
      expect(lines.every((line) => !line.includes('\n'))).toBe(true);
      const backwards = chooseLessons(unique.toReversed(), choice);
      if (new Set(unique.map(({ lastAt }) => lastAt)).size === unique.length)
        expect(backwards).toEqual(lines);
    }),
  );
});
