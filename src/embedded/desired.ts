import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../workers/settings.js';
import { postgresService } from './postgres.js';
import type { Service } from './service.js';
import { temporalService } from './temporal.js';
import { controlService, deviceService, stewardService } from './workers.js';
import { writeAtomically } from './write-atomically.js';

/** What should run; the keeper works towards it. */
export interface Desired {
  workers: boolean;
  /** devices served by each device worker process */
  devices: number[];
  /** whether a steward is needed: a task with a holdout has been run */
  steward?: true;
}

const file = (home: string): string => join(home, 'run', 'desired.json');

export function readDesired(home: string): Desired | null {
  return existsSync(file(home)) ? (JSON.parse(readFileSync(file(home), 'utf8')) as Desired) : null;
}

export const writeDesired = (home: string, desired: Desired): void =>
  writeAtomically(file(home), JSON.stringify(desired));

export const forgetDesired = (home: string): void => rmSync(file(home), { force: true });

/** One device worker more if none serves n devices; those of one host share the devices by their locks. */
export const grow = (devices: readonly number[], n: number): number[] =>
  most(devices) < n ? [...devices, n] : [...devices];

/**
 * Device workers of this machine for n CPU candidates at a time: at first as many devices as it usually serves; none where
 * all loops run on other classes.
 */
export const serving = (there: readonly number[], n: number, usual: number): number[] =>
  grow(there.length === 0 && n > 0 ? [usual] : there, n);

/** How many devices these workers serve: the second worker's first device is the first one's too. */
export const most = (devices: readonly number[]): number => Math.max(0, ...devices);

/** CPU candidates at a time that this machine serves now, or would after `up`. */
export const servedDevices = ({ home, cpuDevices }: Pick<Settings, 'home' | 'cpuDevices'>): number => {
  const desired = readDesired(home);
  return desired?.workers ? most(desired.devices) : cpuDevices;
};

/** The servers that are this machine's to run. */
export function serverServices(settings: Settings): Service[] {
  const { temporal, database } = settings;
  return [
    ...(temporal.kind === 'embedded' ? [temporalService(settings)] : []),
    ...(database.kind === 'embedded' ? [postgresService(settings, database.port)] : []),
  ];
}

export function workerServices(settings: Settings, desired: Desired): Service[] {
  if (!desired.workers) return [];
  const devices = desired.devices.map((count, index) => deviceService(settings, index, count));
  return [controlService(settings), ...devices, ...(desired.steward ? [stewardService(settings)] : [])];
}
