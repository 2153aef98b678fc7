import { parentPort, workerData } from 'node:worker_threads';
import { HOST_LIMITS, type MechanismCall } from '../../contract/mechanism-run.js';
import { simulatedDryRun } from '../../domain/gates/simulated-dry-run.js';
import { checkMechanism } from '../check-mechanism.js';
import { openMechanism } from '../open-mechanism.js';
import { type Open, runMechanism } from '../run-mechanism.js';
import { stuckTraces } from '../stuck-traces.js';
import { threadNumber } from './cpu-time.js';
import { CALLS, type HostAnswer, type HostTask, SLOTS, type ThreadData } from './task.js';

const slots = new Int32Array((workerData as ThreadData).slots);
Atomics.store(slots, SLOTS.thread, threadNumber());

const begun = (during: MechanismCall): void => {
  Atomics.store(slots, SLOTS.during, CALLS.indexOf(during));
  Atomics.add(slots, SLOTS.calls, 1);
};

const open: Open = (source) => openMechanism(source, HOST_LIMITS, begun);

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
