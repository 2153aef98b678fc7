import { expect, test } from 'vitest';
import { researchSchema } from '../../../../src/contract/research-schema.js';
import { childrenAtATime, MOST_CHILDREN } from '../../../../src/domain/research/children-at-a-time.js';

test.each([
  { devices: 1, concurrency: 1, children: 2, why: 'one has the device while the other is between two runs' },
  { devices: 2, concurrency: 1, children: 3, why: 'so with two devices' },
  { devices: 8, concurrency: 2, children: 5, why: 'four use eight devices by pairs' },
  { devices: 3, concurrency: 2, children: 3, why: 'two use three devices' },
  { devices: 1, concurrency: 4, children: 2, why: 'a child that asks for more than there is' },
  { devices: 0, concurrency: 1, children: 2, why: 'nobody serves the class yet' },
  { devices: 500, concurrency: 1, children: MOST_CHILDREN, why: 'a fleet larger than a study may use' },
])(
  '$devices devices, $concurrency runs at a time in a child: $children children ($why)',
  ({ devices, concurrency, children }) => {
    expect(childrenAtATime(devices, concurrency)).toBe(children);
  },
);

test('the most that it asks for is the most that a task may write', () => {
  const study = (parallel: number) =>
    researchSchema.safeParse({ tasks: [{ folder: 'a', experiments: 1, target: 1 }], parallel }).success;
  expect([study(MOST_CHILDREN), study(MOST_CHILDREN + 1)]).toEqual([true, false]);
});
