import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { down, engineState, ensureDevices, refreshWorkers, up } from '../../../src/embedded/index.js';
import type { EngineState } from '../../../src/embedded/engine-state.js';
import { isAlive } from '../../../src/embedded/process-identity.js';
import { readSettings, type Settings } from '../../../src/workers/settings.js';
import { listen, ownEngine } from '../../support/engine-home.js';

let home: string;
let settings: Settings;

beforeEach(async () => {
  settings = await ownEngine();
  ({ home } = settings);
});

afterEach(async () => {
  await down(settings);
  rmSync(home, { recursive: true, force: true });
});

test('servers come up, survive every kill, are adopted, and end', async () => {
  const engine = await up(settings, { workers: false });
  await remember(engine.databaseUrl, 'written before the kills');

  for (const victims of [['temporal'], ['postgres'], ['temporal', 'postgres']]) {
    const before = read();
    victims.forEach((name) => process.kill(pidOf(before, name), 'SIGKILL'));
    await until(() => recovered(before, victims));
  }

  const orphaned = read();
  process.kill(orphaned.keeper.pid, 'SIGKILL');
  await until(() => !isAlive(orphaned.keeper));
  await up(settings, { workers: false });
  const adopted = read();
  expect(adopted.keeper.pid).not.toBe(orphaned.keeper.pid);
  expect(pidOf(adopted, 'temporal')).toBe(pidOf(orphaned, 'temporal'));
  expect(pidOf(adopted, 'postgres')).toBe(pidOf(orphaned, 'postgres'));

  const all = [adopted.keeper.pid, pidOf(adopted, 'temporal'), pidOf(adopted, 'postgres')];
  all.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await until(() => !isAlive(adopted.keeper));
  await up(settings, { workers: false });
  expect(await recall(engine.databaseUrl)).toEqual(['written before the kills']);

  const last = read();
  expect((await down(settings)).stopped).toEqual(['temporal', 'postgres']);
  expect(engineState(settings).services).toEqual([]);
  expect([last.keeper.pid, pidOf(last, 'temporal'), pidOf(last, 'postgres')].filter(isRunning)).toEqual([]);
  expect(existsSync(join(home, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('two that start it at once get one engine', async () => {
  const [first, second] = await Promise.all([
    up(settings, { workers: false }),
    up(settings, { workers: false }),
  ]);
  expect(first).toEqual(second);
  expect(engineState(settings)).toMatchObject({ keeper: true, ready: true });
});

test('a taken port is named with its variable, and nothing is started', async () => {
  const squatter = await listen(settings.temporal.uiPort);
  try {
    await expect(up(settings, { workers: false })).rejects.toThrow(
      new RegExp(
        `AUTOLIFT_UI_PORT: port ${String(settings.temporal.uiPort)} is taken by .*pid ${String(process.pid)}`,
      ),
    );
    expect(existsSync(join(home, 'run', 'state.json'))).toBe(false);
    expect(existsSync(join(home, 'postgres'))).toBe(false);
  } finally {
    squatter.close();
  }
});

test('running servers are not asked to move to another port', async () => {
  await up(settings, { workers: false });
  const moved = readSettings({ ...settings.environment, AUTOLIFT_POSTGRES_PORT: '1999' });
  await expect(up(moved, { workers: false })).rejects.toThrow(/postgres on port \d+, not on 1999/);
});

test('a number in postmaster.pid that now belongs to another program does not keep the database down', async () => {
  const { databaseUrl } = await up(settings, { workers: false });
  const state = read();
  [state.keeper.pid, pidOf(state, 'postgres')].forEach((pid) => process.kill(pid, 'SIGKILL'));
  await until(() => !isRunning(pidOf(state, 'postgres')));
  const file = join(home, 'postgres', 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)));
  await up(settings, { workers: false });
  await remember(databaseUrl, 'it works');
});

test('a worker that dies right after its start is told in one message; once that is mended, up comes up', async () => {
  const stumble = join(home, 'locks');
  writeFileSync(stumble, 'a file where the worker wants a folder');
  await up(settings, { workers: false });
  const refused = async (): Promise<string> =>
    up(settings).then(
      () => 'it came up',
      (error: unknown) => String(error),
    );
  const said = await refused();
  expect(said).toMatch(
    /device-1 does not stay up \(exit code 2\):\n {4}autolift-device: .* File exists: .*locks/,
  );
  expect(said).not.toMatch(/Traceback|File "/);
  expect(said).toContain(join(home, 'logs', 'device-1.log'));
  expect(said.split('\n').length).toBeLessThan(6);

  rmSync(stumble);
  const engine = await up(settings);
  expect(engine.cpuDevices).toBe(settings.cpuDevices);
  const { pid } = read().services['device-1'] ?? {};
  expect(readFileSync(join(home, 'run', 'device-1.ready'), 'utf8')).toBe(String(pid));
});

test("a loop that asks no model takes no other loop's address; whoever resumes brings theirs", async () => {
  const at = (url: string): Settings => readSettings({ ...settings.environment, OPENAI_BASE_URL: url });
  expect(await refreshWorkers(at('http://127.0.0.1:1'))).toBeNull();
  await up(at('http://127.0.0.1:1'));
  const first = read();
  const other = at('http://127.0.0.1:2');
  const { taken } = await ensureDevices(other, { cpuDevices: 1, models: false });
  expect([taken, pidOf(read(), 'control')]).toEqual([[], pidOf(first, 'control')]);

  expect((await refreshWorkers(other))?.taken).toEqual(['OPENAI_BASE_URL']);
  expect(pidOf(read(), 'control')).not.toBe(pidOf(first, 'control'));
  expect(pidOf(read(), 'temporal')).toBe(pidOf(first, 'temporal'));
});

test("a data folder of another PostgreSQL and a damaged file of Temporal's are told in one message each", async () => {
  await up(settings, { workers: false });
  await down(settings);
  const version = join(home, 'postgres', 'PG_VERSION');
  const right = readFileSync(version, 'utf8');
  writeFileSync(version, '16\n');
  await expect(up(settings, { workers: false })).rejects.toThrow(
    /postgres: this folder was made by PostgreSQL 16, autolift's own is 18\S*\n {2}[^\n]*DATABASE_URL[^\n]*$/,
  );
  expect(engineState(settings).services).toEqual([]);
  writeFileSync(version, right);

  const histories = join(home, 'temporal.db');
  for (const end of ['-wal', '-shm']) rmSync(`${histories}${end}`, { force: true });
  writeFileSync(histories, 'not a database at all '.repeat(1000));
  await expect(up(settings, { workers: false })).rejects.toThrow(
    /temporal\.db: the file with the loops' histories is damaged[^\n]*\n {2}[^\n]*move [^\n]* away[^\n]*$/,
  );
});

const read = (): EngineState =>
  JSON.parse(readFileSync(join(home, 'run', 'state.json'), 'utf8')) as EngineState;

const pidOf = (state: EngineState, name: string): number => state.services[name]?.pid ?? 0;

const recovered = (before: EngineState, names: string[]): boolean => {
  const state = read();
  return state.ready && names.every((name) => pidOf(state, name) !== pidOf(before, name));
};

const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
};

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(50);
}

async function remember(url: string, text: string): Promise<void> {
  await query(url, 'CREATE TABLE IF NOT EXISTS notes (text text)', []);
  await query(url, 'INSERT INTO notes VALUES ($1)', [text]);
}

const recall = async (url: string): Promise<string[]> =>
  (await query<{ text: string }>(url, 'SELECT text FROM notes', [])).map(({ text }) => text);

async function query<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: string[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
