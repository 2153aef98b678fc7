import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createControlActivities } from '../activities/index.js';
import { readLibrary } from '../mechanism-host/library.js';
import { startMechanismHost } from '../mechanism-host/mechanism-host.js';
import { openRepository, type Repository } from '../storage/git/index.js';
import { openLedger, type Ledger } from '../storage/ledger/index.js';
import { openArtifacts } from './artifact-settings.js';
import { createControlWorker } from './control-worker.js';
import { databaseUrl } from './database-url.js';
import { explainTemporal } from './explain-temporal.js';
import { PACKAGE_ROOT } from './package-root.js';
import { makeFirstCurrent } from './first-build.js';
import { patiently } from './patiently.js';
import { seenWorkers } from './seen-workers.js';
import type { Settings } from './settings.js';
import { stewardPort } from './steward-port.js';

/** The control worker from its parts, until a signal ends it. */
export async function runControlWorker(settings: Settings): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const ledger = await patiently('ledger', () => openMigrated(databaseUrl(settings)));
  const connection = await patiently('Temporal server', () => connect(settings.temporal));
  const { namespace } = settings.temporal;
  const steward = stewardPort(settings);
  const mechanisms = startMechanismHost();
  // a check takes seconds, and loops must not wait for it
  const gates = startMechanismHost();
  const activities = createControlActivities({
    ledger,
    blobs: openArtifacts(settings.artifacts, settings.environment),
    runMechanism: (step, signal) => mechanisms.step(step, signal),
    checkMechanism: (check, signal) => gates.check(check, signal),
    readLibrary,
    openRepository: rememberRepositories(settings),
    env: settings.environment,
    home: settings.home,
    python: join(PACKAGE_ROOT, '.venv', 'bin', 'python'),
    steward: steward.port,
    seenWorkers: (queue) => seenWorkers({ service: connection.workflowService, namespace }, queue),
  });
  const worker = await createControlWorker({
    connection,
    namespace,
    activities,
    deployment: settings.deployment,
  });
  const ended = worker.run();
  if (settings.deployment) void tellBuild({ connection, namespace }, settings.deployment);
  announce(settings.environment['AUTOLIFT_READY_FILE']);
  await ended;
  await gates.close();
  await mechanisms.close();
  await steward.close();
  await connection.close();
  await ledger.close();
}

const connect = async (temporal: Settings['temporal']): Promise<NativeConnection> => {
  try {
    return await NativeConnection.connect(temporal.connection);
  } catch (error) {
    throw await explainTemporal(temporal, error);
  }
};

/** A repository that is open answers in a millisecond. */
function rememberRepositories({ gitRemote }: Settings): (path: string) => Promise<Repository> {
  const open = new Map<string, Promise<Repository>>();
  return (path) => {
    const found = open.get(path) ?? openRepository(path, gitRemote);
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

/** Goes on beside the work: without worker versioning on the server, the worker itself says so. */
async function tellBuild(...asked: Parameters<typeof makeFirstCurrent>): Promise<void> {
  const [, { deploymentName, buildId }] = asked;
  const current = await patiently('worker deployment', () => makeFirstCurrent(...asked));
  if (current === buildId) return;
  console.error(`${deploymentName}: new loops go to build ${current}; this is ${buildId}. To make it current:
  temporal worker deployment set-current-version --deployment-name ${deploymentName} --build-id ${buildId}`);
}

/** For the keeper, which reports the engine as up when this worker polls. */
function announce(file: string | undefined): void {
  if (file) writeFileSync(file, String(process.pid));
}
