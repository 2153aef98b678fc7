import { parentPort, workerData } from 'node:worker_threads';
import { HOST_LIMITS } from '../../contract/mechanism-run.js';
import { simulatedDryRun } from '../../domain/gates/simulated-dry-run.js';
import { checkMechanism } from '../check-mechanism.js';
import { openMechanism } from '../open-mechanism.js';
import { type Open, runMechanism } from '../run-mechanism.js';
import { stuckTraces } from '../stuck-traces.js';
import type { HostAnswer, HostTask, ThreadData } from './task.js';

const beats = new Int32Array((workerData as ThreadData).beats);
const beat = (): void => {
  Atomics.add(beats, 0, 1);
};

const open: Open = (source) => openMechanism(source, HOST_LIMITS, beat);

const dryRun = simulatedDryRun();

const answer = async (task: HostTask): Promise<HostAnswer> => {
  if (task.kind === 'step') return { kind: 'step', stepped: await runMechanism(task.step, open) };
  const report = await checkMechanism(task.check, { open, traces: await stuckTraces(), dryRun });
  return { kind: 'check', report };
};

parentPort?.on('message', (task: HostTask) => {
  answer(task).then(
    (done) => parentPort?.postMessage(done, []),
    (error: unknown) => {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ kind: 'bug', stack } satisfies HostAnswer, []);
    },
  );
});
