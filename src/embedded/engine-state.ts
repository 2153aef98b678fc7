import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../workers/settings.js';
import type { Desired } from './desired.js';
import { isAlive, type ProcessIdentity } from './process-identity.js';
import type { WorkerMake } from './worker-make.js';
import { writeAtomically } from './write-atomically.js';

export interface ServiceState extends ProcessIdentity {
  make: string;
  healthy: boolean;
  /** starts after the first one by this keeper */
  restarts: number;
  /** failed starts in a row */
  failures: number;
  /** how it last ended, in words */
  exit: string | null;
  /** bytes that its log had at its last start; absent when another keeper started it */
  logFrom?: number;
}

/** What the keeper knows, written after every change. */
export interface EngineState {
  v: 1;
  keeper: ProcessIdentity;
  make: WorkerMake;
  ports: Ports;
  /** the wish that the services below fulfil */
  desired: Desired;
  /** all that is desired runs and answers */
  ready: boolean;
  /** why the keeper gave up */
  problem: { what: string; where: string; fix: string } | null;
  services: Record<string, ServiceState>;
}

export type Ports = { temporal: number | null; ui: number | null; postgres: number | null };

export const portsOf = ({ temporal, database }: Settings): Ports => ({
  temporal: temporal.kind === 'embedded' ? temporal.port : null,
  ui: temporal.kind === 'embedded' ? temporal.uiPort : null,
  postgres: database.kind === 'embedded' ? database.port : null,
});

const file = (home: string): string => join(home, 'run', 'state.json');

export function readState(home: string): EngineState | null {
  return existsSync(file(home)) ? (JSON.parse(readFileSync(file(home), 'utf8')) as EngineState) : null;
}

export const writeState = (home: string, state: EngineState): void =>
  writeAtomically(file(home), JSON.stringify(state, null, 2));

export const forgetState = (home: string): void => rmSync(file(home), { force: true });

export interface ServiceReport {
  name: string;
  pid: number;
  alive: boolean;
  healthy: boolean;
  restarts: number;
  exit: string | null;
}

/** What runs on this machine now, for `status` and `doctor`; looks at the processes, believes no file. */
export function engineState(settings: Settings): {
  keeper: boolean;
  ready: boolean;
  services: ServiceReport[];
} {
  const state = readState(settings.home);
  if (state === null) return { keeper: false, ready: false, services: [] };
  const services = Object.entries(state.services).map(([name, service]) => {
    const alive = isAlive(service);
    const { pid, restarts, exit } = service;
    return { name, pid, alive, healthy: alive && service.healthy, restarts, exit };
  });
  const keeper = isAlive(state.keeper);
  return { keeper, ready: keeper && state.ready && services.every(({ healthy }) => healthy), services };
}
