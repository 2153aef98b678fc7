import type { MechanismCall, MechanismFault } from '../../contract/mechanism-run.js';
import type { Overrun } from './cpu-watch.js';

export interface Loss {
  /** which bound it went over; null: the thread died by itself */
  over: Overrun | null;
  /** the bound, in seconds of CPU */
  seconds: number;
  calls: number;
  during: MechanismCall;
}

const UNCOUNTED =
  'in work that fuel does not count: sorting, joining, searching or copying long texts and lists. Do less of it in a call';

const wordsOf = ({ over, seconds, calls }: Loss): string => {
  switch (over) {
    case 'call':
      return `a call took more than ${String(seconds)} s of CPU time, ${UNCOUNTED}`;
    case 'task':
      return `its calls took more than ${String(seconds)} s of CPU time together, ${String(calls)} of them, ${UNCOUNTED}`;
    case null:
      return 'it took the thread that it ran in with it';
  }
};

/** A thread ended without an answer, by a watchdog or by itself. */
export class ThreadLost extends Error {
  readonly fault: MechanismFault;

  constructor(readonly loss: Loss) {
    const message = wordsOf(loss);
    super(message);
    const kind = loss.over === null ? 'memory' : 'hung';
    this.fault = { kind, message, during: loss.during, where: null };
  }
}
