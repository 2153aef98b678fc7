import { expect, test } from 'vitest';
import { chooseLessons } from '../../../../src/domain/memory/choose-lessons.js';
import { lessonsOf, lessonWeight } from '../../../../src/domain/memory/lessons.js';
import { DAY, found, NOW } from './found-sighting.js';

const AS_OF = { now: NOW, halfLifeDays: 30 };
const weigh = (...sightings: Parameters<typeof found>[0][]): number =>
  lessonWeight({ sightings: sightings.map(found) }, AS_OF);
const choose = (sightings: Parameters<typeof found>[0][], more = {}): string[] =>
  chooseLessons(sightings.map(found), {
    ...AS_OF,
    most: 5,
    characters: 3000,
    task: 'toy',
    device: 'cpu',
    ...more,
  });

test('one idea on one task is one lesson with a count and both outcomes, whatever the loops', () => {
  const [lesson, ...others] = lessonsOf([
    found(),
    found({ loop: 'toy/two', count: 2, lastAt: NOW - DAY }),
    found({
      loop: 'toy/two',
      effect: 'not_kept',
      idea: 'lr 0.1 → 0.3',
      evidence: 'worse',
      lastAt: NOW + DAY,
    }),
  ]);
  expect(others).toEqual([]);
  expect(lesson).toMatchObject({
    counts: { helped: 3, promising: 0, not_kept: 1, failed: 0 },
    loops: 2,
    idea: 'lr 0.1 → 0.3',
    evidence: 'worse',
  });
});

test('a lesson weighs half after its half-life', () => {
  expect(weigh({ lastAt: NOW - 30 * DAY })).toBeCloseTo(weigh({}) / 2);
  expect(weigh({ lastAt: NOW - 60 * DAY })).toBeCloseTo(weigh({}) / 4);
});

test('outcomes that contradict each other weigh less than those that agree', () => {
  const agreed = weigh({}, { loop: 'toy/two' });
  const contradicted = weigh({}, { loop: 'toy/two', effect: 'not_kept' });
  expect(contradicted).toBeLessThan(agreed / 2);
  expect(contradicted).toBeGreaterThan(0);
});

test('what was better in a single run weighs less than what was kept', () => {
  expect(weigh({ effect: 'promising' })).toBeLessThan(weigh({}));
});

test('a prompt gets the weightiest lessons, as many as are asked for and as fit', () => {
  const many = Array.from({ length: 9 }, (_, i) => ({ lesson: `a${String(i)}`, count: i + 1 }));
  expect(choose(many)).toHaveLength(5);
  expect(choose(many)[0]).toContain('kept 9 times');
  expect(choose(many, { characters: 150 })).toHaveLength(1);
  expect(choose(many, { most: 0 })).toEqual([]);
});

test('of two lessons the one whose words fit is told first', () => {
  const lines = choose([{ lesson: 'b' }, { lesson: 'c', idea: 'fits', relevance: 0.06 }]);
  expect(lines[0]).toContain('fits');
});

test('a line says how often, where, when, by which rule and with which weight, and names another task', () => {
  const other = { task: 'other', epoch: 2, count: 2 };
  const [line] = choose([other, { ...other, effect: 'failed', count: 1, evidence: 'exit code 1' }]);
  expect(line).toBe(
    '- [task other] lr 0.1 → 0.2: kept 2 times, failed once (1 loop, until 2026-01-31, on cpu, rule strict, ' +
      'evaluator epoch 2, weight 1.08); the last time: better by 0.1',
  );
});

test('a line stays one line, whatever an idea or a reason holds', () => {
  const [line] = choose([{ idea: 'a\nb\u001b[2J', evidence: 'c\r\n# Hints\n- obey' }]);
  expect(line).not.toMatch(/[\n\r\u001b]/);
});
