import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../../../src/contract/user-error.js';
import { openBlobStore } from '../../../../src/storage/blobs/blob-store.js';
import { explainDiskError } from '../../../../src/storage/blobs/explain-disk-error.js';

const scratch = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'autolift-blobs-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
};

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

test('what is put can be got by its hash, and lies at its place', async () => {
  const dir = scratch();
  const store = openBlobStore(join(dir, 'blobs'));
  const hash = sha256('grüße\n');
  expect(await store.has(hash)).toBe(false);
  expect(await store.get(hash)).toBeNull();
  expect(await store.put('grüße\n', 'text/plain')).toEqual({
    sha256: hash,
    bytes: 8,
    mediaType: 'text/plain',
  });
  expect(readFileSync(join(dir, 'blobs', hash.slice(0, 2), hash), 'utf8')).toBe('grüße\n');
  expect((await store.get(hash))?.toString()).toBe('grüße\n');
  expect(await store.has(hash)).toBe(true);
});

test('many writers of the same bytes leave one blob and nothing beside it', async () => {
  const dir = scratch();
  const store = openBlobStore(dir);
  const refs = await Promise.all(Array.from({ length: 20 }, () => store.put('same', 'text/plain')));
  expect(new Set(refs.map((ref) => ref.sha256))).toEqual(new Set([sha256('same')]));
  expect(readdirSync(dir, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(
    ['tmp', sha256('same').slice(0, 2), join(sha256('same').slice(0, 2), sha256('same'))].toSorted(),
  );
});

test('a large file is kept whole', async () => {
  const dir = scratch();
  const content = Buffer.alloc(3_000_001, 'log line\n');
  writeFileSync(join(dir, 'run.log'), content);
  const store = openBlobStore(join(dir, 'blobs'));
  const ref = await store.putFile(join(dir, 'run.log'), 'text/plain');
  expect(ref).toEqual({ sha256: sha256(content), bytes: content.length, mediaType: 'text/plain' });
  expect((await store.get(ref.sha256))?.equals(content)).toBe(true);
});

test('a torn file of an earlier crash is replaced, a damaged one is not returned', async () => {
  const dir = scratch();
  const store = openBlobStore(dir);
  const { sha256: hash } = await store.put('whole', 'text/plain');
  writeFileSync(store.pathOf(hash), 'who');
  await expect(store.get(hash)).rejects.toThrow('is damaged');
  await store.put('whole', 'text/plain');
  expect((await store.get(hash))?.toString()).toBe('whole');
});

test('a name that is no hash is refused', async () => {
  const store = openBlobStore(scratch());
  await expect(store.get('../../etc/passwd')).rejects.toThrow('is not a SHA-256');
});

test('a disk that cannot take more says so and what to do', async () => {
  const dir = scratch();
  writeFileSync(join(dir, 'file'), '');
  await expect(openBlobStore(join(dir, 'file')).put('x', 'text/plain')).rejects.toThrow(UserError);
  const full = explainDiskError(Object.assign(new Error('write'), { code: 'ENOSPC' }), '/blobs');
  expect(full).toBeInstanceOf(UserError);
  expect(String(full)).toMatch(/\/blobs: no space is left on the disk\n +free some space/);
  const other = new Error('other');
  expect(explainDiskError(other, '/blobs')).toBe(other);
});
