import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { runInCell } from '../../../../src/activities/steward/run-in-cell.js';
import { processesOf } from '../../../../src/activities/steward/watch-processes.js';

const run = (command: string) =>
  runInCell(
    { command, mounts: [], cwd: tmpdir(), variables: {}, timeoutMs: 60_000, memory: 1024 ** 3 },
    { walls: 'none', path: '/usr/bin:/bin', hidden: '/nowhere', read: [] },
  );

test.runIf(process.platform === 'linux')(
  'a cell that fills with processes is killed before its time is up',
  async () => {
    const { ok, timedOut, out } = await run(
      'i=0; while [ $i -lt 1100 ]; do sleep 40 & i=$((i+1)); done; wait; echo done',
    );
    expect({ ok, timedOut }).toEqual({ ok: false, timedOut: false });
    expect(out).toContain('killed: more than 1024 processes');
    expect(out).not.toContain('done');
  },
  60_000,
);

test('one with a few is left alone', async () => {
  expect(await run('sleep 1 & sleep 1 & wait; echo done')).toMatchObject({ ok: true, out: 'done\n' });
});

test('who left the group is found below, who lost its parent in the group, and nobody else', () => {
  const table = [
    { pid: 10, parent: 1, group: 10 },
    { pid: 11, parent: 10, group: 11 },
    { pid: 12, parent: 11, group: 12 },
    { pid: 13, parent: 1, group: 10 },
    { pid: 14, parent: 13, group: 14 },
    { pid: 20, parent: 1, group: 20 },
  ];
  expect(processesOf(10, table).toSorted((a, b) => a - b)).toEqual([10, 11, 12, 13, 14]);
});
