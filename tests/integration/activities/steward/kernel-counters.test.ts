import { expect, test } from 'vitest';
import type { CellRun } from '../../../../src/activities/steward/cell.js';
import { runInCell } from '../../../../src/activities/steward/run-in-cell.js';

const printed = async (source: string): Promise<string> => {
  const run: CellRun = {
    command: `/usr/bin/python3 -c '${source}'`,
    mounts: [],
    cwd: '/tmp',
    variables: {},
    timeoutMs: 60_000,
    memory: 2 * 1024 ** 3,
  };
  const cell = {
    walls: 'bwrap',
    path: '/usr/local/bin:/usr/bin:/bin',
    hidden: '/nowhere',
    read: [],
  } as const;
  return (await runInCell(run, cell)).out.trim();
};

test('a cell reads nothing of what the kernel counts for all', async () => {
  const source = `
import glob
for name in "vmstat locks loadavg stat diskstats interrupts zoneinfo key-users sys/fs/file-nr sys/fs/inode-nr".split():
    try:
        if open("/proc/" + name).read(): print(name)
    except OSError: pass
print(*glob.glob("/proc/pressure/*"), "end")`;
  expect(await printed(source)).toBe('end');
});

test('a cell still knows its processors and its memory, and its programs start others', async () => {
  const source = `
import multiprocessing, os
ours, theirs = multiprocessing.Pipe()
child = multiprocessing.Process(target=theirs.send, args=(os.cpu_count(),))
child.start()
print(ours.recv() == os.cpu_count(), child.join())
print(os.cpu_count() == len(os.sched_getaffinity(0)), "MemTotal" in open("/proc/meminfo").read())
print(os.path.exists("/proc/self/status"))`;
  expect(await printed(source)).toBe('True None\nTrue True\nTrue');
});
