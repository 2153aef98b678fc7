import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKeys } from '../../../../src/storage/vault/index.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'autolift-keys-'));

test('keys are made once, for their owner alone, and are the same when they are opened again', () => {
  const root = folder();
  const [first, second] = [openKeys(root), openKeys(root)];
  expect(second.publicKey).toBe(first.publicKey);
  expect(second.digest('x')).toBe(first.digest('x'));
  expect(openKeys(folder()).digest('x')).not.toBe(first.digest('x'));
  expect(readdirSync(root).toSorted()).toEqual(['seed.secret', 'steward.key']);
  for (const name of readdirSync(root)) expect(statSync(join(root, name)).mode & 0o077).toBe(0);
});

test.each(['seed.secret', 'steward.key'])('an empty %s is refused: everybody would know it', (name) => {
  const root = folder();
  openKeys(root);
  writeFileSync(join(root, name), '');
  expect(() => openKeys(root)).toThrow(/is damaged/);
});
