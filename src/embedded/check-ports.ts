import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../contract/user-error.js';
import type { Settings } from '../workers/settings.js';
import { serverServices } from './desired.js';
import { portsOf, type Ports } from './engine-state.js';
import { findProcesses } from './find-processes.js';
import { portAnswers, portHolder } from './port.js';

const VARIABLES = {
  temporal: 'AUTOLIFT_TEMPORAL_PORT',
  ui: 'AUTOLIFT_UI_PORT',
  postgres: 'AUTOLIFT_POSTGRES_PORT',
} as const satisfies Record<keyof Ports, string>;

/** Every port must be free, or held by the server of this home folder that the keeper will adopt. */
export async function checkPorts(settings: Settings): Promise<void> {
  const running = serverServices(settings)
    .filter(({ marks }) => findProcesses(marks).length > 0)
    .map(({ name }) => name);
  const entries = Object.entries(portsOf(settings)) as [keyof Ports, number | null][];
  for (const [name, port] of entries) {
    const owner = name === 'ui' ? 'temporal' : name;
    if (port === null || running.includes(owner) || (await becomesFree(port))) continue;
    throw new UserError(
      `port ${String(port)} is taken by ${portHolder(port) ?? 'another program'}`,
      VARIABLES[name],
      `Stop that program, or set ${VARIABLES[name]} to a free port.`,
    );
  }
}

/** A server that was killed a moment ago still holds its port for an instant. */
async function becomesFree(port: number): Promise<boolean> {
  const deadline = Date.now() + 1500;
  while (await portAnswers(port)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** The servers of a home folder that run already can't be asked to move. */
export function checkSamePorts(settings: Settings, running: Ports): void {
  for (const [name, port] of Object.entries(portsOf(settings)) as [keyof Ports, number | null][]) {
    const now = running[name];
    if (now === port) continue;
    throw new UserError(
      `the servers of this folder run with ${name} on ${now === null ? 'another machine' : `port ${String(now)}`}, not on ${port === null ? 'another machine' : String(port)}`,
      settings.home,
      'Run `autolift down` first, or unset the variable that differs.',
    );
  }
}
