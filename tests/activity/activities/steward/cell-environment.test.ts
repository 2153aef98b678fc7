import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cellPath } from '../../../../src/activities/steward/cell-environment.js';
import type { Cell } from '../../../../src/activities/steward/cell.js';
import { runInCell } from '../../../../src/activities/steward/run-in-cell.js';
import { hasWalls } from '../../../../src/activities/steward/walls.js';

const SECRET = 'swordfish-8d41';
const SYSTEM = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const folder = mkdtempSync(join(tmpdir(), 'autolift-cell-test-'));
const tools = join(folder, SECRET, 'bin');
mkdirSync(tools, { recursive: true });
writeFileSync(join(tools, 'measure'), '#!/bin/sh\necho measured\n');
chmodSync(join(tools, 'measure'), 0o755);
const path = `${tools}:${process.env['PATH'] ?? SYSTEM}`;
const walled = await hasWalls(path);

beforeEach(() => {
  process.env['AWS_SECRET_ACCESS_KEY'] = SECRET;
  process.env['LD_LIBRARY_PATH'] = `/opt/${SECRET}`;
});
afterEach(() => {
  delete process.env['AWS_SECRET_ACCESS_KEY'];
  delete process.env['LD_LIBRARY_PATH'];
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const inCell = (command: string, more: Partial<Cell> = {}) =>
  runInCell(
    { command, mounts: [], cwd: '/', variables: {}, timeoutMs: 20_000, memory: 2 ** 32 },
    { walls: 'none', path, hidden: folder, read: [], ...more },
  );

const variablesIn = (out: string): Record<string, string> =>
  Object.fromEntries(
    out.split('\n').flatMap((line) => {
      const [name, ...value] = line.split('=');
      return name === undefined || value.length === 0 ? [] : [[name, value.join('=')]];
    }),
  );

describe("of a steward's environment that holds secrets", () => {
  test.skipIf(!walled)('a cell with walls has nothing, its first process included', async () => {
    const { ok, out } = await inCell('env; for one in 1 self; do tr "\\0" "\\n" < /proc/$one/environ; done', {
      walls: 'bwrap',
    });
    expect(ok).toBe(true);
    expect(out).not.toContain(SECRET);
    expect(variablesIn(out)).toMatchObject({ PATH: SYSTEM, LANG: 'C.UTF-8', HOME: '/tmp' });
  });

  test('one without walls has the same few variables, and a home that nobody else has', async () => {
    const { ok, out } = await inCell('exec env');
    expect(ok).toBe(true);
    expect(out).not.toContain(SECRET);
    const { HOME: home, TMPDIR: temporary, ...rest } = variablesIn(out);
    expect(home).toContain('autolift-cell-');
    expect(temporary).toBe(home);
    // a shell adds where it stands
    expect(
      Object.keys(rest)
        .filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name))
        .sort(),
    ).toEqual(['LANG', 'PATH', 'PYTHONDONTWRITEBYTECODE', 'PYTHONNOUSERSITE', 'USER']);
    expect(rest['PATH']).toBe(SYSTEM);
    const left = await inCell('echo left > "$HOME/left"; echo "home=$HOME"');
    expect(() => readdirSync(variablesIn(left.out)['home'] ?? '')).toThrow('ENOENT');
  });
});

describe('the search path', () => {
  test("begins with the folder of the command's own program, where a cell can see it", async () => {
    expect(cellPath('cd /vault && measure --all', { walls: 'none', path, read: [] })).toBe(
      `${tools}:${SYSTEM}`,
    );
    expect((await inCell('measure')).out).toBe('measured\n');
    expect(cellPath('measure', { walls: 'bwrap', path, read: [folder] })).toBe(`${tools}:${SYSTEM}`);
    expect(cellPath('measure', { walls: 'bwrap', path, read: [] })).toBe(SYSTEM);
  });

  test('is that of the system for a program that is written with its folder, and for none', () => {
    for (const command of [`${tools}/measure`, './measure', 'true', ''])
      expect(cellPath(command, { walls: 'none', path, read: [] })).toBe(SYSTEM);
  });
});
