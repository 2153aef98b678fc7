import { counted } from '../../domain/format.js';
import type { Connection } from '@temporalio/client';
import { engineState } from '../../embedded/index.js';
import { portAnswers, portHolder } from '../../embedded/port.js';
import { postgresBinaries } from '../../embedded/postgres-binaries.js';
import { findTemporal } from '../../embedded/temporal-binary.js';
import type { Settings } from '../../workers/settings.js';
import { connectTemporal, withLedger } from '../engine.js';
import { Unreachable } from '../unreachable.js';
import { fail, ok, reasonOf, warn, type Check } from './check.js';

const isUp = (settings: Settings): boolean => engineState(settings).services.some(({ alive }) => alive);

const checkPort = async (port: number, variable: string): Promise<Check | null> => {
  if (!(await portAnswers(port))) return null;
  const holder = portHolder(port) ?? 'another program';
  return fail(
    'ports',
    `port ${String(port)} is taken by ${holder}`,
    `Stop it, or set ${variable} to a free port.`,
  );
};

/** Ports matter while our servers are down; once they are up they hold them themselves. */
export const checkPorts = async (settings: Settings): Promise<Check[]> => {
  if (isUp(settings)) return [];
  const { temporal, database } = settings;
  const found = await Promise.all([
    ...(temporal.kind === 'embedded'
      ? [checkPort(temporal.port, 'AUTOLIFT_TEMPORAL_PORT'), checkPort(temporal.uiPort, 'AUTOLIFT_UI_PORT')]
      : []),
    ...(database.kind === 'embedded' ? [checkPort(database.port, 'AUTOLIFT_POSTGRES_PORT')] : []),
  ]);
  const taken = found.filter((check) => check !== null);
  return taken.length > 0 ? taken : [ok('ports', 'free')];
};

const serverVersion = async (connection: Connection): Promise<string> =>
  connection.withDeadline(Date.now() + 3000, async () => {
    const { serverVersion: version } = await connection.workflowService.getSystemInfo({});
    return version ?? '';
  });

const notRunning = 'not running; `autolift up` or `autolift run` starts it';

export const checkTemporal = async (settings: Settings): Promise<Check> => {
  const { kind, address } = settings.temporal;
  try {
    const connection = await connectTemporal(settings);
    try {
      return ok('temporal', `server ${await serverVersion(connection)} at ${address}`);
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (kind === 'external')
      return fail('temporal', reasonOf(error), 'Correct TEMPORAL_ADDRESS, or unset it.');
    try {
      return ok('temporal', `${findTemporal(settings.environment)}, ${notRunning}`);
    } catch (missing) {
      return fail('temporal', reasonOf(missing), 'Run `npm run build`.');
    }
  }
};

export const checkLedger = async (settings: Settings): Promise<Check> => {
  try {
    const { from, to } = await withLedger(settings, async (ledger) => ledger.migrate());
    const text = from === to ? `schema ${String(to)}` : `schema ${String(from)} brought to ${String(to)}`;
    return ok('postgres', `${text}, ${settings.database.kind === 'external' ? 'DATABASE_URL' : 'embedded'}`);
  } catch (error) {
    if (!(error instanceof Unreachable))
      return fail('postgres', reasonOf(error), 'See DATABASE_URL; without it autolift runs its own.');
    try {
      return ok('postgres', `${postgresBinaries()}, ${notRunning}`);
    } catch (missing) {
      return fail('postgres', reasonOf(missing), 'Run `npm ci`, or set DATABASE_URL.');
    }
  }
};

/** What the keeper runs, and what of it does not answer. */
export const checkServices = (settings: Settings): Check[] => {
  const { services, keeper } = engineState(settings);
  if (services.length === 0) return [];
  const ill = services.filter(({ healthy }) => !healthy);
  if (ill.length > 0)
    return ill.map(({ name, exit }) =>
      fail(
        name,
        `does not run${exit === null ? '' : ` (${exit})`}`,
        `See ${settings.home}/logs/${name}.log, or run \`autolift up\`.`,
      ),
    );
  const names = services.map(({ name, restarts }) =>
    restarts === 0 ? name : `${name} (${counted(restarts, 'restart')})`,
  );
  return keeper
    ? [ok('running', names.join(', '))]
    : [warn('running', `${names.join(', ')}, but nobody restarts them`, 'Run `autolift up`.')];
};
