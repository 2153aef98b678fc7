/** Exit code 0 when this host's control worker asked the server for work lately. */
import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

const LATELY_MS = 100_000;
const WORKFLOWS = 1;

const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
const connection = await Connection.connect({ ...connectionOptions, connectTimeout: 5000 });
const { pollers } = await connection.workflowService.describeTaskQueue({
  namespace,
  taskQueue: { name: 'control' },
  taskQueueType: WORKFLOWS,
});
await connection.close();

const isAlive = ({ identity, lastAccessTime }) =>
  identity.startsWith(`control@${hostname()}:`) &&
  Date.now() - Number(lastAccessTime.seconds) * 1000 < LATELY_MS;

if (!pollers.some(isAlive)) {
  console.error(`no control worker of ${hostname()} polls the queue "control" of ${namespace}`);
  process.exitCode = 1;
}
