import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CellRun } from '../../../../src/activities/steward/cell.js';
import { runInCell } from '../../../../src/activities/steward/run-in-cell.js';

const run = async (source: string, memory = 4 * 1024 ** 3) => {
  const asked: CellRun = {
    command: `/usr/bin/python3 -c '${source}'`,
    mounts: [],
    cwd: '/tmp',
    variables: {},
    timeoutMs: 120_000,
    memory,
  };
  const path = '/usr/local/bin:/usr/bin:/bin';
  return await runInCell(asked, { walls: 'bwrap', path, hidden: '/nowhere', read: [] });
};

test("a pool of Python's processes works in a cell", async () => {
  const source = `
import multiprocessing
with multiprocessing.Pool(2) as pool: print(pool.map(abs, [-1, -2, 3]))`;
  expect(await run(source)).toMatchObject({ ok: true, out: '[1, 2, 3]\n' });
});

test('what one cell leaves in its shared memory is seen by no other, and by nobody outside', async () => {
  const left = 'autolift-left-by-a-cell';
  const list = 'import os; print(os.listdir("/dev/shm"))';
  expect((await run(`open("/dev/shm/${left}", "w").write("x"); ${list}`)).out).toBe(`['${left}']\n`);
  expect((await run(list)).out).toBe('[]\n');
  expect(readdirSync('/dev/shm')).not.toContain(left);
});

const knowsSizes = execFileSync('bwrap', ['--help'], { encoding: 'utf8' }).includes('--size');

test('shared memory has a limit where bubblewrap knows any, beside which nothing of /dev can be written', async () => {
  const fill = `
import os
print(os.statvfs("/dev/shm").f_blocks * os.statvfs("/dev/shm").f_frsize == 64 << 20)
try: open("/dev/shm/much", "wb").write(bytes(65 << 20))
except OSError as error: print(error.strerror)
try: open("/dev/other", "w")
except OSError as error: print(error.strerror)`;
  const limited = knowsSizes ? 'True\nNo space left on device\n' : 'False\n';
  expect((await run(fill)).out).toBe(`${limited}Read-only file system\n`);
});
