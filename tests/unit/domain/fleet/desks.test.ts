import { expect, test } from 'vitest';
import type { SeenWorker } from '../../../../src/contract/fleet.js';
import { deskQueue } from '../../../../src/contract/names.js';
import { desksOf, GONE_SHOWN_MS } from '../../../../src/domain/fleet/desks.js';

const NOW = 10_000_000;

/** A device worker as the server lists it: two queues of its class, and its desk. */
const worker = (name: string, host: string, pid: number, age = 1000): SeenWorker[] =>
  [`device.${name}`, `device.${name}.${host}`, deskQueue(host, String(pid))].map((queue) => ({
    identity: `device.${name}@${host}:${String(pid)}`,
    queue,
    seenAt: NOW - age,
    by: 'heartbeat',
    ended: false,
  }));

const told = (seen: SeenWorker[]) =>
  desksOf(seen, NOW).map(({ host, pid, classes, fresh }) => [host, pid, classes.join(), fresh]);

test('each process is one desk, with its host and classes; control workers are none', () => {
  const control: SeenWorker = {
    identity: 'control@main:9',
    queue: 'control',
    seenAt: NOW,
    by: 'heartbeat',
    ended: false,
  };
  const seen = [...worker('b.1', 'two', 7), control, ...worker('a', 'one', 5), ...worker('a', 'one', 6)];
  expect(told(seen)).toEqual([
    ['one', '5', 'a', true],
    ['one', '6', 'a', true],
    ['two', '7', 'b.1', true],
  ]);
  expect(desksOf(seen, NOW)[0]?.queue).toBe(deskQueue('one', '5'));
});

test('a process that serves two classes is one desk', () => {
  const both = [...worker('a', 'one', 5), ...worker('b', 'one', 5).slice(0, 2)];
  expect(told(both)).toEqual([['one', '5', 'a,b', true]]);
  const closed = both.map((one) => ({ ...one, ended: one.queue.startsWith('device.') }));
  expect(told(closed)).toEqual([['one', '5', 'a,b', true]]);
});

test('a dead worker is shown until another of its host and class takes its place', () => {
  const dead = worker('a', 'one', 5, 600_000);
  expect(told(dead)).toEqual([['one', '5', 'a', false]]);
  expect(told([...dead, ...worker('b', 'one', 6)])).toHaveLength(2);
  expect(told([...dead, ...worker('a', 'two', 6)])).toHaveLength(2);
  expect(told([...dead, ...worker('a', 'one', 6)])).toEqual([['one', '6', 'a', true]]);
});

const lent = (host: string, pid: number, age = 1000): SeenWorker[] =>
  worker('a', host, pid, age).map((one) => ({ ...one, identity: `${one.identity}:borrowed` }));

test('a borrowed host is known by its name, and not listed for long once it has vanished', () => {
  const [own, borrowed] = desksOf([...worker('a', 'one', 5), ...lent('two', 6)], NOW);
  expect([own?.borrowed, borrowed?.borrowed]).toEqual([false, true]);
  expect(borrowed).toMatchObject({ host: 'two', pid: '6', classes: ['a'], fresh: true });
  expect(told(lent('two', 6, GONE_SHOWN_MS - 1))).toEqual([['two', '6', 'a', false]]);
  expect(told(lent('two', 6, GONE_SHOWN_MS + 1))).toEqual([]);
});

test('one that ended in order is gone; one whose doors are closed is there by its desk', () => {
  const left = worker('a', 'one', 5).map((one) => ({ ...one, ended: true }));
  expect(told(left)).toEqual([]);
  const drained = worker('a', 'one', 5).map((one) => ({ ...one, ended: one.queue.startsWith('device.') }));
  expect(told(drained)).toEqual([['one', '5', 'a', true]]);
});

test('where the server keeps no heartbeats, who asks for work is known all the same', () => {
  const [polls] = worker('a', 'one', 5);
  expect(polls === undefined ? [] : told([{ ...polls, by: 'poll' }])).toEqual([['one', '5', 'a', true]]);
});
