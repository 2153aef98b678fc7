import { expect, test } from 'vitest';
import type { EndBelow } from '../../../../src/contract/loop.js';
import {
  endedBefore,
  namesTaken,
  nthName,
  withoutEndsOf,
} from '../../../../src/domain/research/ended-below.js';
import { parentOf } from '../../../../src/domain/research/child-names.js';

const UNIT = 'lift/x/1-candidate-0/one.0';

const ended = (more: Partial<EndBelow> = {}): EndBelow => ({
  loop: UNIT,
  commit: 'c1',
  seed: 7,
  end: { failed: 'no data' },
  ...more,
});

test('an end is taken up for the same unit, commit and seed, and for no other', () => {
  const below = [ended()];
  expect(endedBefore(below, { loop: UNIT, commit: 'c1', seed: 7 })).toEqual({ failed: 'no data' });
  expect(endedBefore(below, { loop: UNIT, commit: 'c2', seed: 7 })).toBeNull();
  expect(endedBefore(below, { loop: UNIT, commit: 'c1', seed: 8 })).toBeNull();
  expect(endedBefore(below, { loop: 'lift/x/1-candidate-0/one.1', commit: 'c1', seed: 7 })).toBeNull();
  expect(endedBefore(undefined, { loop: UNIT, commit: 'c1', seed: 7 })).toBeNull();
});

test('a candidate that was carried over is measured by loops of other names, below the same loop', () => {
  const carried = { loop: UNIT, commit: 'c2', seed: 7 };
  expect(nthName(UNIT, namesTaken([], carried))).toBe(UNIT);
  const again = nthName(UNIT, namesTaken([ended()], carried));
  expect(again).toBe(`${UNIT}.again-2`);
  expect(parentOf(again)).toBe('lift/x');
});

test('ends are forgotten with the row of their experiment, and those of others are not', () => {
  const other = ended({ loop: 'lift/x/11-candidate-0/one.0' });
  expect(withoutEndsOf({ loop: 'lift/x', experiment: 1 }, [ended(), other])).toEqual([other]);
});
