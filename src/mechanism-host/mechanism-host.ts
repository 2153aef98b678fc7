import type { GateReport } from '../contract/gates.js';
import type { MechanismCheck, MechanismStep, MechanismStepped } from '../contract/mechanism-run.js';
import { findingOf, rejected } from '../domain/gates/finding.js';
import { fallBack } from './run-mechanism.js';
import { CPU_BOUNDS, type CpuBounds } from './thread/cpu-watch.js';
import { ThreadLost } from './thread/thread-lost.js';
import { ThreadPool } from './thread/thread-pool.js';

/**
 * What a loop and a research dialogue need of mechanisms. A signal that aborts ends the thread that works for it, and the
 * question with the signal's reason.
 */
export interface MechanismHost {
  /** observe what ended, propose what comes next; a mechanism that breaks leaves the loop as it is */
  step(step: MechanismStep, signal?: AbortSignal): Promise<MechanismStepped>;
  /** gates G0 to G7 */
  check(check: MechanismCheck, signal?: AbortSignal): Promise<GateReport>;
  close(): Promise<void>;
}

/** A thread begins from a compiled file, also where this one is run from its source. */
const ENTRY = new URL('../../dist/mechanism-host/thread/thread-main.js', import.meta.url);

/** One that hangs leaves the others a thread; two of them on two cores are as many as can work. */
const THREADS = 2;

const lostReport = ({ fault, loss }: ThreadLost): GateReport => {
  // no single call is to blame
  const finding = loss.over === 'task' ? rejected('G5', fault.message) : findingOf(fault);
  return { finding, passed: [], meta: null, fuel: 0, distance: null };
};

/** A host with threads of its own, which begin with the first questions and keep no process alive. */
export const startMechanismHost = (bounds: Partial<CpuBounds> = {}): MechanismHost => {
  const threads = new ThreadPool(ENTRY, THREADS, { ...CPU_BOUNDS, ...bounds });
  return {
    step: async (step, signal) => {
      try {
        const answer = await threads.ask({ kind: 'step', step }, signal);
        if (answer.kind === 'step') return answer.stepped;
        throw new Error(`a host that was asked for a step answered with a ${answer.kind}`);
      } catch (error) {
        if (!(error instanceof ThreadLost)) throw error;
        return fallBack(step, error.fault);
      }
    },
    check: async (check, signal) => {
      try {
        const answer = await threads.ask({ kind: 'check', check }, signal);
        if (answer.kind === 'check') return answer.report;
        throw new Error(`a host that was asked for a check answered with a ${answer.kind}`);
      } catch (error) {
        if (!(error instanceof ThreadLost)) throw error;
        return lostReport(error);
      }
    },
    close: () => threads.close(),
  };
};
