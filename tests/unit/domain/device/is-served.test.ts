import { expect, test } from 'vitest';
import type { SeenWorker } from '../../../../src/contract/fleet.js';
import { isServed } from '../../../../src/domain/device/is-served.js';

const NOW = 1_000_000;
const seen = (by: SeenWorker['by'], age: number, more: Partial<SeenWorker> = {}): SeenWorker => ({
  identity: 'device.a@host:1',
  queue: 'device.a',
  seenAt: NOW - age,
  by,
  ended: false,
  ...more,
});

test.each<[string, SeenWorker[], boolean]>([
  ['nobody', [], false],
  ['a worker that asks for work', [seen('poll', 60_000)], true],
  ['one that asked long ago', [seen('poll', 120_000)], false],
  [
    'a busy one, which has not asked for long, by its heartbeats',
    [seen('poll', 280_000), seen('heartbeat', 9_000)],
    true,
  ],
  [
    'a dead one that asked just before, by the silence of its heart',
    [seen('poll', 40_000), seen('heartbeat', 40_000)],
    false,
  ],
  [
    'a living one whose clock is a quarter of an hour late, by its questions',
    [seen('poll', 40_000), seen('heartbeat', 900_000)],
    true,
  ],
  [
    'a dead one whose clock was a quarter of an hour early',
    [seen('poll', 90_000), seen('heartbeat', -840_000)],
    false,
  ],
  ['one that said goodbye', [seen('poll', 1_000), seen('heartbeat', 1_000, { ended: true })], false],
  [
    'one that was undrained: its queue has an ended worker and a new one',
    [seen('heartbeat', 9_000, { ended: true }), seen('heartbeat', 1_000)],
    true,
  ],
  [
    'a living one beside a dead one',
    [seen('heartbeat', 90_000), seen('poll', 90_000), seen('poll', 5_000, { identity: 'device.a@host:2' })],
    true,
  ],
])('%s', (_, workers, served) => {
  expect(isServed(workers, NOW)).toBe(served);
});
