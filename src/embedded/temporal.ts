import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../contract/names.js';
import { STEWARD_NAMESPACE } from '../contract/steward.js';
import type { Settings } from '../workers/settings.js';
import { plainEnvironment } from '../workers/child-environment.js';
import { portAnswers } from './port.js';
import type { Launch, Service } from './service.js';
import { findTemporal } from './temporal-binary.js';
import { writeAtomically } from './write-atomically.js';

/** The defaults cap one loop at ten remote activities a second, and ignore priorities. */
const DYNAMIC_CONFIG = [
  'history.transferProcessorMaxPollRPS=200',
  'history.timerProcessorMaxPollRPS=200',
  'system.enableActivityEagerExecution=true',
  'matching.useNewMatcher=true',
  'matching.enableFairness=true',
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  'frontend.WorkerHeartbeatsEnabled=true',
  'frontend.ListWorkersEnabled=true',
];

/** The dev server deletes closed runs after a day, and every continue-as-new closes one. */
const RETENTION = '720h';

/** Temporal's dev server: one process, one SQLite file, with the web UI. */
export function temporalService(settings: Settings): Service {
  const { port, uiPort } = settings.temporal;
  const file = databaseFile(settings);
  const launch = (): Launch => ({
    command: findTemporal(settings.environment),
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
      ...['--db-filename', file, '--log-level', 'warn'],
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
      ...DYNAMIC_CONFIG.flatMap((value) => ['--dynamic-config-value', value]),
      ...searchAttributes().flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ],
    env: plainEnvironment(settings.environment),
    // its histories hold ideas, commands and paths
    umask: 0o077,
  });
  return {
    name: 'temporal',
    launch,
    marks: ['start-dev', file],
    answers: () => portAnswers(port),
    readyFile: null,
    stopSignal: 'SIGTERM',
    make: '',
    provision: () => provisionTemporal(settings),
  };
}

const databaseFile = (settings: Settings): string => join(settings.home, 'temporal.db');

const searchAttributes = (): [string, string][] => Object.entries(SEARCH_ATTRIBUTES);

/** What a database file keeps for good, written once into each: retention, and attributes newer than the file. */
function provisionTemporal(settings: Settings): void {
  const { ino } = statSync(databaseFile(settings));
  const wanted = JSON.stringify([ino, RETENTION, searchAttributes(), STEWARD_NAMESPACE]);
  const digest = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
  const marker = join(settings.home, 'run', `temporal-${digest}.provisioned`);
  if (existsSync(marker)) return;
  const operator = (...args: string[]): void => {
    execFileSync(
      findTemporal(settings.environment),
      ['operator', ...args, '--address', settings.temporal.address],
      { timeout: 20_000, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  };
  operator('namespace', 'update', '-n', settings.temporal.namespace, '--retention', RETENTION);
  createNamespace(operator, STEWARD_NAMESPACE);
  const named = searchAttributes().flatMap(([name, type]) => ['--name', name, '--type', type]);
  operator('search-attribute', 'create', '-n', settings.temporal.namespace, ...named);
  writeAtomically(marker, wanted);
}

/** Namespaces are the only wall between parties that share a server. */
function createNamespace(operator: (...args: string[]) => void, name: string): void {
  try {
    operator('namespace', 'create', '-n', name, '--retention', RETENTION);
  } catch (error) {
    if (!/already exists/i.test(String((error as { stderr?: Buffer }).stderr ?? error))) throw error;
  }
}
