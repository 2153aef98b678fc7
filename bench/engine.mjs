/** A throw-away engine for a benchmark: own folder, own ports, everything stopped and removed at the end. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { down, up } from '../dist/embedded/index.js';
import { openLedger } from '../dist/storage/ledger/index.js';
import { databaseUrl } from '../dist/workers/database-url.js';
import { readSettings } from '../dist/workers/settings.js';

const run = promisify(execFile);
const CLI = new URL('../bin/autolift.mjs', import.meta.url).pathname;

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export const startEngine = async ({ devices, environment = {} }) => {
  const home = mkdtempSync(join(tmpdir(), 'autolift-bench-'));
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: '',
    DATABASE_URL: '',
    AUTOLIFT_HOME: home,
    AUTOLIFT_TEMPORAL_PORT: String(await freePort()),
    AUTOLIFT_UI_PORT: String(await freePort()),
    AUTOLIFT_POSTGRES_PORT: String(await freePort()),
    AUTOLIFT_CPU_DEVICES: String(devices),
    ...environment,
  };
  const settings = readSettings(env);
  const hosts = [];
  const stop = async () => {
    for (const { pid } of hosts) process.kill(-pid, 'SIGKILL');
    await down(settings);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await up(settings, { cpuDevices: devices });
    const connection = await Connection.connect(settings.temporal.connection);
    const client = new Client({ connection, namespace: settings.temporal.namespace });
    const ledger = await openLedger(databaseUrl(settings));
    const close = async () => {
      await ledger.close();
      await connection.close();
      await stop();
    };
    /** Starts a task through the command line, as a user would, without anybody watching. */
    const start = async (folder) => {
      const { stdout } = await run(process.execPath, [CLI, 'run', folder, '--detach', '--json'], { env });
      return JSON.parse(stdout.trim().split('\n').at(-1));
    };
    /** A host beside the engine's own, with as many devices of a class that only it serves. */
    const startHost = (deviceClass, count) => {
      const folder = join(home, deviceClass);
      const address = settings.temporal.address;
      const own = { AUTOLIFT_HOME: folder, TEMPORAL_ADDRESS: address };
      const options = { env: { ...env, ...own }, detached: true, stdio: 'ignore' };
      hosts.push(
        spawn(
          process.execPath,
          [CLI, 'worker', 'device', '--class', deviceClass, '--devices', String(count)],
          options,
        ),
      );
    };
    const runTask = async (folder) => {
      const { loop } = await start(folder);
      await client.workflow.getHandle(loop).result();
      return loop;
    };
    return { home, settings, client, ledger, start, startHost, runTask, close };
  } catch (error) {
    await stop();
    throw error;
  }
};
