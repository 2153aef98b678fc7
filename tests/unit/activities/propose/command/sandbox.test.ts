import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hiddenFolders } from '../../../../../src/activities/propose/command/sandbox.js';

test('agents see neither repository nor our own state, and no vaults, wherever those lie', () => {
  const base = mkdtempSync(join(tmpdir(), 'autolift-hidden-'));
  const [repository, home, vaults] = ['work/.git', 'home', 'vaults'].map((name) => join(base, name));
  for (const folder of [repository, home, vaults]) mkdirSync(folder ?? '', { recursive: true });
  const hidden = hiddenFolders(repository ?? '', null, [home ?? '', vaults ?? '']);
  expect(hidden).toEqual([join(base, 'work'), home, vaults]);
});
