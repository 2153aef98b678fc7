import type { Finding } from '../../contract/gates.js';
import { liftVerdict } from '../lift/lift-verdict.js';
import { isHalted, type MechanismRecord } from '../mechanism/mechanism-record.js';
import { mean } from '../statistics.js';
import { rejected } from './finding.js';

/** Trials in which a live mechanism has asked for something. */
export const TRIALS_TO_ACT = 5;

export interface Canary {
  record: MechanismRecord;
  /** trials since it was injected */
  trials: number;
  /** progress of pairs of runs, with the mechanism less without */
  d: readonly number[];
  /** somebody pulled the switch */
  stopped: boolean;
}

const inert = (reason: string): Finding => ({ gate: 'G6', verdict: 'inert', reason, where: null });

/** After injection: asked at all, and asking for anything. What was live on recorded loops may be dead in a real one. */
export const injectionFinding = ({ calls, nonIdentity }: MechanismRecord, trials: number): Finding | null => {
  if (trials < TRIALS_TO_ACT) return null;
  if (calls === 0) return inert(`in ${String(trials)} trials it was never called`);
  if (nonIdentity > 0) return null;
  return inert(`it was called ${String(calls)} times in ${String(trials)} trials and asked for nothing`);
};

/** G8: why a mechanism is taken out of its first real loop; null: it may go on. Asked after every trial. */
export const canaryFinding = ({ record, trials, d, stopped }: Canary): Finding | null => {
  if (stopped) return rejected('G8', 'it was stopped by hand');
  if (isHalted(record)) return rejected('G8', `it broke in a real loop: ${record.faults[0] ?? ''}`);
  const dead = injectionFinding(record, trials);
  if (dead !== null) return dead;
  if (liftVerdict(d, { rule: 't' }) !== 'harmful') return null;
  return rejected(
    'G8',
    `its first ${String(d.length)} runs came to ${(-mean(d)).toFixed(2)} less than runs without it`,
  );
};
