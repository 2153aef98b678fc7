import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../../../src/storage/audit/index.js';

const lockIn = (): { folder: string; file: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-lock-'));
  return { folder, file: join(folder, 'lock') };
};

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync('true').pid;

test('of many who wait for a dead holder’s lock one holds it at a time', async () => {
  const { folder, file } = lockIn();
  writeFileSync(file, `${String(deadPid())} 1`);
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  };
  await Promise.all(Array.from({ length: 20 }, async () => await withLock(file, work)));
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('what a writer that was killed before it wrote its name left, or one that broke a lock, holds nobody up', async () => {
  const { file } = lockIn();
  writeFileSync(file, '');
  writeFileSync(`${file}.breaking`, `${String(deadPid())} 1`);
  expect(await withLock(file, () => Promise.resolve('in'))).toBe('in');
  expect(existsSync(file)).toBe(false);
});
