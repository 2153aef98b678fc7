import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createControlActivities } from '../activities/index.js';
import { readLibrary } from '../mechanism-host/library.js';
import { startMechanismHost } from '../mechanism-host/mechanism-host.js';
import { openBlobStore } from '../storage/blobs/index.js';
import { openRepository, type Repository } from '../storage/git/index.js';
import { openLedger, type Ledger } from '../storage/ledger/index.js';
import { createControlWorker } from './control-worker.js';
import { databaseUrl } from './database-url.js';
import { PACKAGE_ROOT } from './package-root.js';
import { patiently } from './patiently.js';
import type { Settings } from './settings.js';
import { stewardPort } from './steward-port.js';

/** The control worker from its parts, until a signal ends it. */
export async function runControlWorker(settings: Settings): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const ledger = await patiently('ledger', () => openMigrated(databaseUrl(settings)));
  const connection = await patiently('Temporal server', () =>
    NativeConnection.connect(settings.temporal.connection),
  );
  const steward = stewardPort(settings);
  const mechanisms = startMechanismHost();
  // a check takes seconds, and loops must not wait for it
  const gates = startMechanismHost();
  const activities = createControlActivities({
    ledger,
    blobs: openBlobStore(settings.blobs),
    runMechanism: (step) => mechanisms.step(step),
    checkMechanism: (check) => gates.check(check),
    readLibrary,
    openRepository: rememberRepositories(),
    env: settings.environment,
    home: settings.home,
    python: join(PACKAGE_ROOT, '.venv', 'bin', 'python'),
    steward: steward.port,
    mechanisms,
  });
  const { namespace } = settings.temporal;
  const worker = await createControlWorker({ connection, namespace, activities });
  const ended = worker.run();
  announce(settings.environment['AUTOLIFT_READY_FILE']);
  await ended;
  await gates.close();
  await mechanisms.close();
  await steward.close();
  await connection.close();
  await ledger.close();
}

/** A repository that is open answers in a millisecond. */
function rememberRepositories(): typeof openRepository {
  const open = new Map<string, Promise<Repository>>();
  return (path) => {
    const found = open.get(path) ?? openRepository(path);
    open.set(path, found);
    found.catch(() => open.delete(path));
    return found;
  };
}

async function openMigrated(url: string): Promise<Ledger> {
  const ledger = await openLedger(url);
  try {
    await ledger.migrate();
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** For the keeper, which reports the engine as up when this worker polls. */
function announce(file: string | undefined): void {
  if (file) writeFileSync(file, String(process.pid));
}
