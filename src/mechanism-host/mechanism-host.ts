import type { GateReport } from '../contract/gates.js';
import type {
  MechanismCheck,
  MechanismFault,
  MechanismStep,
  MechanismStepped,
} from '../contract/mechanism-run.js';
import { findingOf } from '../domain/gates/finding.js';
import { fallBack } from './run-mechanism.js';
import { HostThread, ThreadLost } from './thread/host-thread.js';

/** What a loop and a research dialogue need of mechanisms. */
export interface MechanismHost {
  /** observe what ended, propose what comes next; a mechanism that breaks leaves the loop as it is */
  step(step: MechanismStep): Promise<MechanismStepped>;
  /** gates G0 to G7 */
  check(check: MechanismCheck): Promise<GateReport>;
  close(): Promise<void>;
}

const lostFault = ({ hung }: ThreadLost): MechanismFault => ({
  kind: hung ? 'hung' : 'memory',
  message: hung
    ? 'a call did not end, in work that is not counted: sort and copy less at once'
    : 'it took the thread that it ran in with it',
  during: 'propose',
  where: null,
});

/** A thread begins from a compiled file, also where this one is run from its source. */
const ENTRY = new URL('../../dist/mechanism-host/thread/thread-main.js', import.meta.url);

/** A host with a thread of its own, which begins with the first question and keeps no process alive. */
export const startMechanismHost = (patience?: number): MechanismHost => {
  const thread = new HostThread(ENTRY, patience);
  return {
    step: async (step) => {
      try {
        const answer = await thread.ask({ kind: 'step', step });
        if (answer.kind === 'step') return answer.stepped;
        throw new Error(`a host that was asked for a step answered with a ${answer.kind}`);
      } catch (error) {
        if (!(error instanceof ThreadLost)) throw error;
        return fallBack(step, lostFault(error));
      }
    },
    check: async (check) => {
      try {
        const answer = await thread.ask({ kind: 'check', check });
        if (answer.kind === 'check') return answer.report;
        throw new Error(`a host that was asked for a check answered with a ${answer.kind}`);
      } catch (error) {
        if (!(error instanceof ThreadLost)) throw error;
        return { finding: findingOf(lostFault(error)), passed: [], meta: null, fuel: 0, distance: null };
      }
    },
    close: () => thread.close(),
  };
};
