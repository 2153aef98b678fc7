import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEnvironmentChanges } from '../../../src/activities/environment-changes.js';
import { openBlobStore } from '../../../src/storage/blobs/index.js';

test('what a worker has listed is compared, and a list that is elsewhere names nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-listings-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const blobs = openBlobStore(folder);
  const packages = '/venv/lib/python3.11/site-packages';
  const list = async (digest: string) =>
    (await blobs.put(`${packages}/scorer/__init__.py\t${digest}\n`, 'text/plain')).sha256;
  const [before, after] = [await list('1'), await list('2')];
  const look = createEnvironmentChanges({ blobs });
  expect(await look({ before, after })).toEqual({ changed: ['scorer/__init__.py'] });
  expect(await look({ before, after: 'f'.repeat(64) })).toEqual({ changed: [] });
});
