import { expect, test } from 'vitest';
import { researchSchema } from '../../../../src/contract/research-schema.js';
import { childrenAtATime, MOST_CHILDREN } from '../../../../src/domain/research/children-at-a-time.js';
import { taskWith } from '../../../support/loop-input.js';

/** A study's task: runs at a time in its loop, devices of a run, and the classes that it prefers. */
const below = (device: string | string[] = 'cpu', concurrency = 1, devices = 1) =>
  taskWith({ concurrency, run: { command: 'true', budget: 1, device, devices } });

test.each([
  { hosts: [1], concurrency: 1, children: 2, why: 'one has the device while the other is between two runs' },
  { hosts: [2], concurrency: 1, children: 3, why: 'so with two devices' },
  { hosts: [8], concurrency: 2, children: 5, why: 'four use eight devices by pairs' },
  { hosts: [3], concurrency: 2, children: 3, why: 'two use three devices' },
  { hosts: [1], concurrency: 4, children: 2, why: 'a child that asks for more than there is' },
  { hosts: [4, 4], concurrency: 1, children: 9, why: 'hosts add up' },
  { hosts: [], concurrency: 1, children: 2, why: 'nobody serves the class yet' },
  { hosts: [500], concurrency: 1, children: MOST_CHILDREN, why: 'a fleet larger than a study may use' },
])(
  'hosts of $hosts devices, $concurrency runs at a time in a child: $children children ($why)',
  ({ hosts, concurrency, children }) => {
    expect(childrenAtATime([below('cpu', concurrency)], new Map([['cpu', hosts]]))).toBe(children);
  },
);

test.each([
  { hosts: [8], devices: 4, children: 3, why: 'two runs of four' },
  { hosts: [8], devices: 8, children: 2, why: 'one run has them all' },
  { hosts: [4, 4, 2], devices: 4, children: 3, why: 'a run holds all of its devices on one host' },
  { hosts: [2], devices: 4, children: 2, why: 'no host has as many' },
])(
  'runs of $devices devices on hosts of $hosts: $children children ($why)',
  ({ hosts, devices, children }) => {
    expect(childrenAtATime([below('h100', 1, devices)], new Map([['h100', hosts]]))).toBe(children);
  },
);

test('each class that the tasks run on is kept busy, with one child more', () => {
  const served = new Map([
    ['cpu', [2]],
    ['h100', [8]],
  ]);
  expect(childrenAtATime([below('cpu'), below('h100', 1, 4)], served)).toBe(2 + 1 + 2 + 1);
});

test('tasks of the same class share its devices: the one that needs most loops for them counts', () => {
  const served = new Map([['cpu', [8]]]);
  expect(childrenAtATime([below('cpu', 4), below('cpu', 2), below('cpu', 1, 2)], served)).toBe(4 + 1);
});

test('of several classes the first that is served counts, as children will run there', () => {
  const served = new Map([
    ['a100', [4]],
    ['cpu', [16]],
  ]);
  expect(childrenAtATime([below(['h100', 'a100', 'cpu'])], served)).toBe(4 + 1);
  expect(childrenAtATime([below(['h100', 'b200'])], served)).toBe(2);
});

test('the most that it asks for is the most that a task may write', () => {
  const study = (parallel: number) =>
    researchSchema.safeParse({ tasks: [{ folder: 'a', experiments: 1, target: 1 }], parallel }).success;
  expect([study(MOST_CHILDREN), study(MOST_CHILDREN + 1)]).toEqual([true, false]);
});
