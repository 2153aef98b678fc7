import type { Finding } from '../../contract/gates.js';
import type { MechanismRecord } from '../mechanism/mechanism-record.js';

/** Trials in which a live mechanism has changed something. */
export const TRIALS_TO_ACT = 5;

const inert = (reason: string): Finding => ({ gate: 'G6', verdict: 'inert', reason, where: null });

/** After injection: asked at all, changing a decision, and having its way. What was live on recorded loops may be dead in a real one. */
export const injectionFinding = (record: MechanismRecord, trials: number): Finding | null => {
  const { calls, nonIdentity, complied } = record;
  if (trials < TRIALS_TO_ACT) return null;
  if (calls === 0) return inert(`in ${String(trials)} trials it was never called`);
  const called = `it was called ${String(calls)} times in ${String(trials)} trials`;
  if (nonIdentity === 0) return inert(`${called} and changed no decision`);
  if (complied > 0 || nonIdentity < TRIALS_TO_ACT) return null;
  return inert(`${called}, asked for something ${String(nonIdentity)} times, and never had its way`);
};
