import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTemporal, isRecentVersion } from '../../../src/embedded/temporal-binary.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'autolift-binary-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const install = (path: string, version: string): string => {
  mkdirSync(join(folder, path), { recursive: true });
  const file = join(folder, path, 'temporal');
  writeFileSync(file, `#!/bin/sh\necho '${version}'\n`);
  chmodSync(file, 0o755);
  return file;
};

test.each([
  ['temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)', true],
  ['temporal version 1.4.9 (Server 1.27.0, UI 2.36.0)', false],
  ['temporal version 2.0.0 (Server 1.33.0, UI 3.0.0)', true],
  ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', true],
  ['temporal version 0.13.2 (Server 1.24.1) (UI 2.27.2)', false],
  ['zsh: command not found', false],
])('"%s" is recent: %s', (line, recent) => {
  expect(isRecentVersion(line)).toBe(recent);
});

test('a recent one on the PATH comes before the cached build, an old one after', () => {
  const cached = install('cache/autolift/temporal-1.5.1', 'temporal version 1.5.1 (Server 1.29.1)');
  const old = install('old', 'temporal version 1.1.0 (Server 1.25.0)');
  const recent = install('recent', 'temporal version 1.6.0 (Server 1.30.0)');
  const environment = { XDG_CACHE_HOME: join(folder, 'cache') };
  expect(findTemporal({ ...environment, PATH: join(old, '..') })).toBe(cached);
  expect(findTemporal({ ...environment, PATH: `${join(old, '..')}:${join(recent, '..')}` })).toBe(recent);
});

test('without any, the message says how to get one', () => {
  expect(() => findTemporal({ XDG_CACHE_HOME: folder, PATH: '' })).toThrow(
    /npm run build.*TEMPORAL_ADDRESS/s,
  );
});
