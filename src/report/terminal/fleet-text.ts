import type { HostDevice, HostRun } from '../../contract/fleet.js';
import { readRunKey } from '../../domain/fleet/run-key.js';
import type { FleetView, HostView, QueueView } from '../../domain/fleet/fleet-view.js';
import { formatDuration } from '../../domain/format.js';
import { cleanLine } from '../clean-text.js';
import { cut, displayWidth, fit } from './display-width.js';
import { progressWords } from '../progress-words.js';

const HOSTS = ['HOST', 'CLASS', 'DEVICE', 'STATE', 'RUNS', 'PHASE', 'SINCE', 'LOAD', 'SEEN'];
const QUEUES = ['CLASS', 'HOSTS', 'DEVICES', 'FREE', 'QUEUED', 'ON DECK', 'LOOPS'];
/** A processor's whole name would push the rest off the screen. */
const WIDEST = 40;

const table = (rows: readonly (readonly string[])[], columns: number): string => {
  const cells = rows.map((row) => row.map((cell) => cut(cleanLine(cell), WIDEST)));
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...cells.map((row) => displayWidth(row[at] ?? ''))));
  const lines = cells.map((row) => row.map((cell, at) => fit(cell, widths[at] ?? 0)).join('  '));
  return lines.map((line) => cut(line.trimEnd(), columns)).join('\n');
};

const between = (start: number, end: number): string =>
  formatDuration(Math.max(0, Math.round((end - start) / 1000)));

const whose = (run: HostRun | null): string => {
  if (run === null) return '';
  const read = readRunKey(run.key);
  return read === null ? run.key : `${read.loop} #${String(read.experiment)}`;
};

/** Its phase, and what it says itself of how far it is. */
const doing = (run: HostRun): string =>
  [run.phase, progressWords(run)].filter((part) => part !== '').join(' · ');

const stateOfDevice = (host: HostView, device: HostDevice): string => {
  if (host.state === 'draining' || host.state === 'drained')
    return device.run === null ? 'drained' : 'draining';
  return device.run === null ? 'free' : 'busy';
};

/** A borrowed host is named as such: it may go at any time. */
const nameOf = ({ host, borrowed, leavesAt }: HostView, now: number): string => {
  if (!borrowed) return host;
  const left = leavesAt === null ? '' : `, ${between(now, Date.parse(leavesAt))} left`;
  return `${host} (borrowed${left})`;
};

const deviceRow = (host: HostView, device: HostDevice, now: number): string[] => [
  nameOf(host, now),
  device.class,
  `${device.id} ${device.name}`,
  stateOfDevice(host, device),
  whose(device.run),
  device.run === null ? '' : doing(device.run),
  device.run === null ? '' : between(device.run.since, now),
  host.about?.load == null ? '' : `${String(host.about.load)}/${String(host.about.cores)}`,
  `${between(host.seenAt, now)} ago`,
];

const hostRows = (host: HostView, now: number): string[][] => {
  const name = nameOf(host, now);
  const classes = host.classes.join(',');
  if (host.state === 'silent' || host.state === 'gone')
    return [[name, classes, '–', host.state, '', '', '', '', `${between(host.seenAt, now)} ago`]];
  const waiting = host.waiting.map((run) => [
    ...[name, classes, '–', 'on deck', whose(run), run.phase],
    ...[between(run.since, now), '', ''],
  ]);
  return [...host.devices.map((device) => deviceRow(host, device, now)), ...waiting];
};

const queueRow = ({ class: name, hosts, devices, free, queued, onDeck, loops }: QueueView): string[] => [
  name,
  ...[hosts, devices, free].map(String),
  queued === null ? '?' : String(queued),
  String(onDeck),
  loops.join(', '),
];

/** What `autolift fleet` prints: a line for each device, and one for each class. */
export const fleetText = ({ hosts, queues }: FleetView, now: number, columns: number): string =>
  [
    hosts.length === 0
      ? 'No device worker has been heard of. `autolift worker device` starts one on a host.'
      : table([HOSTS, ...hosts.flatMap((host) => hostRows(host, now))], columns),
    '',
    table([QUEUES, ...queues.map(queueRow)], columns),
  ].join('\n');
