import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { down, engineState, up } from '../../../src/embedded/index.js';
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
