import { expect, test } from 'vitest';
import type { HostReport } from '../../../../src/contract/fleet.js';
import { fleetView, type Asked } from '../../../../src/domain/fleet/fleet-view.js';
import { readRunKey } from '../../../../src/domain/fleet/run-key.js';
import { fleetText } from '../../../../src/report/terminal/fleet-text.js';

const NOW = 1_800_000_000_000;

const run = (key: string, phase = 'run') => ({ key, phase, since: NOW - 130_000 });

const report = (more: Partial<HostReport> = {}): HostReport => ({
  v: 1,
  host: 'gpu7',
  pid: 5,
  home: '/data',
  autolift: '0.1.0',
  python: '3.13.1',
  sandbox: 'bwrap',
  draining: null,
  load: 1.5,
  cores: 8,
  devices: [
    { class: 'h100', name: 'NVIDIA H100', id: '0', run: run('gpt/n/41/candidate/0') },
    { class: 'h100', name: 'NVIDIA H100', id: '1', run: null },
  ],
  waiting: [run('gpt/n/42/incumbent/1/guards', 'waiting')],
  ...more,
});

const asked = (said: HostReport | null, host = 'gpu7', pid = '5'): Asked => ({
  desk: {
    queue: `host.${host}.${pid}`,
    host,
    pid,
    classes: ['h100'],
    borrowed: false,
    seenAt: NOW - 4000,
    fresh: said !== null,
  },
  report: said,
});

test('a run that tells how far it is is shown with it', () => {
  const told = { ...run('gpt/n/41/candidate/0'), step: 120, loss: 2.3104, tokensPerSecond: 51_234 };
  const devices = [{ class: 'h100', name: 'NVIDIA H100', id: '0', run: told }];
  const text = fleetText(fleetView([asked(report({ devices }))], QUEUES), NOW, 160);
  expect(text).toContain('run · step 120, loss 2.31, 51k tokens/s ');
});

const QUEUES = [{ class: 'h100', queued: 3, loops: ['gpt/n'] }];

test('two workers of one folder are one host: a device is busy when either holds it', () => {
  const mine = report();
  const other = report({
    pid: 6,
    devices: mine.devices.map((device) => ({
      ...device,
      run: device.id === '1' ? run('sine/x/0/baseline/2') : null,
    })),
    waiting: [],
  });
  const { hosts, queues } = fleetView([asked(mine), asked(other, 'gpu7', '6')], QUEUES);
  expect(hosts.map(({ devices }) => devices.map((one) => one.run?.key))).toEqual([
    ['gpt/n/41/candidate/0', 'sine/x/0/baseline/2'],
  ]);
  expect(queues).toEqual([
    { class: 'h100', hosts: 1, devices: 2, free: 0, queued: 3, onDeck: 1, loops: ['gpt/n'] },
  ]);
});

test('workers of two folders are two hosts, and a silent one is a row by itself', () => {
  const { hosts } = fleetView(
    [asked(report()), asked(report({ home: '/other' })), asked(null, 'lab2'), asked(null, 'lab2', '8')],
    QUEUES,
  );
  expect(hosts.map(({ host, state }) => [host, state])).toEqual([
    ['gpu7', 'up'],
    ['gpu7', 'up'],
    ['lab2', 'silent'],
    ['lab2', 'silent'],
  ]);
});

test('a drained host is draining while it runs, and counts for no queue', () => {
  const draining = report({ draining: '2026-11-22T06:00:00Z' });
  const drained = { ...draining, devices: draining.devices.map((device) => ({ ...device, run: null })) };
  const stateOf = (said: HostReport) => fleetView([asked(said)], QUEUES).hosts[0]?.state;
  expect([stateOf(draining), stateOf(drained)]).toEqual(['draining', 'drained']);
  expect(fleetView([asked(draining)], QUEUES).queues[0]).toMatchObject({ hosts: 0, devices: 0, free: 0 });
});

test('the table says what each device does, what waits, and who is silent since when', () => {
  const view = fleetView([asked(report()), asked(null, 'lab2')], QUEUES);
  expect(`\n${fleetText(view, NOW, 120)}\n`).toBe(`
HOST  CLASS  DEVICE         STATE    RUNS       PHASE    SINCE   LOAD   SEEN
gpu7  h100   0 NVIDIA H100  busy     gpt/n #41  run      2m 10s  1.5/8  4.0s ago
gpu7  h100   1 NVIDIA H100  free                                 1.5/8  4.0s ago
gpu7  h100   –              on deck  gpt/n #42  waiting  2m 10s
lab2  h100   –              silent                                      4.0s ago

CLASS  HOSTS  DEVICES  FREE  QUEUED  ON DECK  LOOPS
h100   1      2        1     3       1        gpt/n
`);
  const narrow = fleetText(view, NOW, 40).split('\n');
  expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(fleetText({ hosts: [], queues: [] }, NOW, 80)).toContain('`autolift worker device`');
});

const lent = (said: HostReport | null, fresh = true): Asked => {
  const { desk, report: told } = asked(said, said?.host ?? 'colab');
  return { desk: { ...desk, borrowed: true, fresh }, report: told };
};

test('a borrowed host is named as such, with the time that is left if it is known', () => {
  const told = (leavesAt: string | null): HostReport =>
    report({ host: 'colab', borrowed: true, leavesAt, waiting: [] });
  const until = new Date(NOW + 9_000_000).toISOString();
  const shown = (said: HostReport): string => fleetText(fleetView([lent(said)], QUEUES), NOW, 160);
  expect(shown(told(null))).toMatch(/^colab \(borrowed\) +h100 +0 NVIDIA H100 +busy/m);
  expect(shown(told(until))).toMatch(/^colab \(borrowed, 2h 30m left\) +h100 +1 NVIDIA H100 +free/m);
  expect(fleetView([lent(told(until))], QUEUES).hosts[0]).toMatchObject({ borrowed: true, leavesAt: until });
  expect(fleetView([asked(report())], QUEUES).hosts[0]).toMatchObject({ borrowed: false, leavesAt: null });
});

test('a borrowed host that nobody hears of is gone; one that was heard of and does not answer is silent', () => {
  const stateOf = (one: Asked) => fleetView([one], QUEUES).hosts[0]?.state;
  expect([stateOf(lent(null, false)), stateOf(lent(null)), stateOf(asked(null))]).toEqual([
    'gone',
    'silent',
    'silent',
  ]);
  const text = fleetText(fleetView([lent(null, false)], QUEUES), NOW, 120);
  expect(text).toMatch(/^colab \(borrowed\) +h100 +– +gone +4\.0s ago$/m);
});

test('what a host names cannot write to the terminal', () => {
  const named = report();
  const [first] = named.devices;
  const evil = { ...named, devices: first === undefined ? [] : [{ ...first, name: 'H\u001b[2J100\nx' }] };
  expect(fleetText(fleetView([asked(evil)], QUEUES), NOW, 120)).not.toContain('\u001b');
});

test('a key tells loop and experiment, also of loops below others', () => {
  expect(readRunKey('sine/n/12/candidate/0/guards')).toEqual({
    loop: 'sine/n',
    experiment: 12,
    role: 'candidate',
  });
  expect(readRunKey('up/n/3-candidate-0/sine.1/7/incumbent/2')?.loop).toBe('up/n/3-candidate-0/sine.1');
  expect(readRunKey('whatever')).toBeNull();
});
