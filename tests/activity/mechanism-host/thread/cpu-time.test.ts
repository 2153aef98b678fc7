import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { cpuSeconds, threadNumber } from '../../../../src/mechanism-host/thread/cpu-time.js';

test('the time of the thread that asks goes up with its work', () => {
  const thread = threadNumber();
  const before = cpuSeconds(thread) ?? Infinity;
  while ((cpuSeconds(thread) ?? 0) < before + 0.1);
  expect(cpuSeconds(thread)).toBeGreaterThan(before);
});

test('a system without /proc is asked for the time of the process', () => {
  expect(cpuSeconds(-1)).toBeGreaterThan(0);
});

test.runIf(process.platform === 'linux')('a thread that is gone has no time any more', async () => {
  const number = "require('fs').readlinkSync('/proc/thread-self').split('/').at(-1)";
  const worker = new Worker(`require('worker_threads').parentPort.postMessage(Number(${number}))`, {
    eval: true,
  });
  const thread = new Promise<number>((resolve) => worker.once('message', resolve));
  await new Promise((resolve) => worker.once('exit', resolve));
  expect(cpuSeconds(await thread)).toBeNull();
});
