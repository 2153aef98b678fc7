import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import {
  createStewardActivities,
  openSteward,
  removeTree,
  scratchFolder,
} from '../activities/steward/index.js';
import { STEWARD_QUEUE } from '../contract/steward.js';
import { UserError } from '../contract/user-error.js';
import { withLock } from '../storage/audit/index.js';
import { requirePrivate } from '../storage/vault/index.js';
import { PACKAGE_ROOT } from './package-root.js';
import { patiently } from './patiently.js';
import type { Settings } from './settings.js';
import { publicKeyFile } from './steward-port.js';

export const STEWARD_BUNDLE = join(PACKAGE_ROOT, 'dist', 'steward-bundle.js');

export interface StewardWorkerParts {
  connection: NativeConnection;
  namespace: string;
  activities: object;
  bundle?: string;
}

/** Serves the holdout's workflows and activities, in their own namespace. */
export async function createStewardWorker(parts: StewardWorkerParts): Promise<Worker> {
  return await Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: STEWARD_QUEUE,
    identity: `steward@${hostname()}:${String(process.pid)}`,
    workflowBundle: { codePath: parts.bundle ?? STEWARD_BUNDLE },
    activities: parts.activities,
    maxCachedWorkflows: 50,
    // questions queue up inside, one at a time; what waits must still tell that it lives
    maxConcurrentActivityTaskExecutions: 200,
    workflowThreadPoolSize: 1,
    stickyQueueScheduleToStartTimeout: '5s',
    maxHeartbeatThrottleInterval: '5s',
    shutdownGraceTime: '1s',
    shutdownForceTime: '5s',
  });
}

function refuseUnconfigured({ steward, temporal }: Settings): void {
  if (steward.configured) return;
  throw new UserError(
    'on a server of your own the steward needs a namespace of its own',
    'AUTOLIFT_STEWARD_NAMESPACE',
    `Make one (\`temporal operator namespace create\` at ${temporal.address}) and name it.`,
  );
}

/** The steward until a signal ends it. One a folder: its log has one writer. */
export async function runSteward(settings: Settings): Promise<void> {
  refuseUnconfigured(settings);
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const { root, namespace, connection: address } = settings.steward;
  await requirePrivate(root);
  await withLock(join(root, 'steward.lock'), async () => {
    await removeTree(scratchFolder(root));
    const deps = await openSteward(root, settings.environment['PATH']);
    const connection = await patiently("the steward's Temporal server", () =>
      NativeConnection.connect(address),
    );
    const activities = createStewardActivities(deps);
    const worker = await patiently("the steward's namespace", () =>
      createStewardWorker({ connection, namespace, activities }),
    );
    const ended = worker.run();
    announce(settings, deps.keys.publicKey);
    await ended;
    await connection.close();
  });
}

/** Tells the loops of this machine the key, and the keeper that it polls. */
function announce({ home, environment }: Settings, publicKey: string): void {
  console.error(`The steward's key, for AUTOLIFT_STEWARD_KEY of control workers elsewhere: ${publicKey}`);
  const file = publicKeyFile(home);
  if (existsSync(home)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, publicKey);
  }
  const ready = environment['AUTOLIFT_READY_FILE'];
  if (ready) writeFileSync(ready, String(process.pid));
}
