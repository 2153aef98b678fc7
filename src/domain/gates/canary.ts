import type { Finding } from '../../contract/gates.js';
import type { MechanismRecord } from '../mechanism/mechanism-record.js';

/** Trials in which a live mechanism has asked for something. */
export const TRIALS_TO_ACT = 5;

const inert = (reason: string): Finding => ({ gate: 'G6', verdict: 'inert', reason, where: null });

/** After injection: asked at all, and asking for anything. What was live on recorded loops may be dead in a real one. */
export const injectionFinding = ({ calls, nonIdentity }: MechanismRecord, trials: number): Finding | null => {
  if (trials < TRIALS_TO_ACT) return null;
  if (calls === 0) return inert(`in ${String(trials)} trials it was never called`);
  if (nonIdentity > 0) return null;
  return inert(`it was called ${String(calls)} times in ${String(trials)} trials and asked for nothing`);
};
