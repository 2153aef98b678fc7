import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownCommand } from '../../../src/cli/own-command.js';
import { PACKAGE_ROOT } from '../../../src/workers/package-root.js';

test('who has autolift on the path reads its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-path-'));
  try {
    const file = join(folder, 'autolift');
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    expect(ownCommand({ env: { PATH: `/nowhere:${folder}` }, cwd: '/' })).toBe('autolift');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('who has not reads a file that can be run from here', () => {
  const env = { PATH: '/nowhere' };
  expect(ownCommand({ env, cwd: PACKAGE_ROOT })).toBe('bin/autolift');
  expect(ownCommand({ env, cwd: '/etc' })).toBe(join(PACKAGE_ROOT, 'bin', 'autolift'));
});
