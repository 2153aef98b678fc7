import { expect, test } from 'vitest';
import type { HostDevice } from '../../../../src/contract/fleet.js';
import { devicesByClass } from '../../../../src/domain/fleet/devices-by-class.js';
import type { HostState, HostView } from '../../../../src/domain/fleet/fleet-view.js';

const host = (state: HostState, classes: string[]): HostView => ({
  host: 'one',
  classes,
  state,
  borrowed: false,
  leavesAt: null,
  seenAt: 0,
  draining: null,
  devices: classes.map((name, at) => ({ class: name, id: `${name}:${String(at)}` }) as HostDevice),
  waiting: [],
  about: null,
});

test('devices are counted by class and host, and hosts that begin no run have none', () => {
  const hosts = [
    host('up', ['cpu', 'cpu', 'h100']),
    host('draining', ['h100']),
    host('up', ['h100', 'h100']),
    host('silent', ['cpu']),
  ];
  expect(Object.fromEntries(devicesByClass({ hosts }))).toEqual({ cpu: [2], h100: [1, 2] });
});
