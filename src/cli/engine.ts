import { Client, Connection } from '@temporalio/client';
import { UserError } from '../contract/user-error.js';
import { portAnswers } from '../embedded/port.js';
import { openLedger, type Ledger } from '../storage/ledger/index.js';
import { databaseUrl } from '../workers/database-url.js';
import { explainTemporal } from '../workers/explain-temporal.js';
import { readSettings, type Settings } from '../workers/settings.js';
import type { Terminal } from './terminal.js';
import { Unreachable } from './unreachable.js';

/** What commands talk to: the loops' server and their ledger. */
export interface Engine {
  settings: Settings;
  client: Client;
  ledger: Ledger;
}

/** A busy machine takes its time; that nobody listens there is known at once. */
const PATIENCE_MS = { embedded: 8000, external: 3000 };

const within = async <T>(promise: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(ms / 1000)} s`));
    }, ms);
  });
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
};

const said = (error: unknown): string => {
  if (error instanceof UserError) return error.what;
  return error instanceof Error && error.message !== ''
    ? (error.message.split('\n')[0] ?? '')
    : String(error);
};

const noTemporal = async ({ temporal }: Settings, error: unknown): Promise<UserError> =>
  temporal.kind === 'embedded'
    ? new Unreachable(
        `no engine answers`,
        temporal.address,
        'Start it with `autolift up`: nothing is lost, loops go on where they were.',
      )
    : await explainTemporal(temporal, error);

/** Ours should simply be started; what is said of another's is worth reading. */
const noLedger = ({ database }: Settings, error: unknown): unknown =>
  database.kind === 'embedded'
    ? new Unreachable(
        `no ledger answers (${said(error)})`,
        `127.0.0.1:${String(database.port)}`,
        'Start it with `autolift up`: nothing is lost, loops go on where they were.',
      )
    : error;

export const settingsOf = (terminal: Terminal): Settings => readSettings(terminal.env);

const openFor = async (settings: Settings): Promise<Ledger> => {
  try {
    return await openLedger(databaseUrl(settings));
  } catch (error) {
    throw noLedger(settings, error);
  }
};

/** Opens the ledger for one piece of work; what only reads the record needs no more. */
export const withLedger = async <T>(settings: Settings, use: (ledger: Ledger) => Promise<T>): Promise<T> => {
  const ledger = await openFor(settings);
  try {
    await ledger.migrate();
    return await use(ledger);
  } finally {
    await ledger.close();
  }
};

export const connectTemporal = async (settings: Settings): Promise<Connection> => {
  const { kind, port, connection } = settings.temporal;
  try {
    // the client would try again and again where nobody listens
    if (kind === 'embedded' && !(await portAnswers(port))) throw new Error('nobody listens');
    const ms = PATIENCE_MS[kind];
    return await within(Connection.connect({ ...connection, connectTimeout: ms }), ms);
  } catch (error) {
    throw await noTemporal(settings, error);
  }
};

/** Connects to server and ledger for one piece of work. */
export const withEngine = async <T>(settings: Settings, use: (engine: Engine) => Promise<T>): Promise<T> => {
  const connection = await connectTemporal(settings);
  try {
    const client = new Client({ connection, namespace: settings.temporal.namespace });
    return await withLedger(settings, async (ledger) => use({ settings, client, ledger }));
  } finally {
    await connection.close();
  }
};

/** Servers that the user named must answer before anything of ours is started. */
export const checkNamedServers = async (settings: Settings): Promise<void> => {
  if (settings.temporal.kind === 'external') await (await connectTemporal(settings)).close();
  if (settings.database.kind === 'external') await withLedger(settings, async () => Promise.resolve());
};
