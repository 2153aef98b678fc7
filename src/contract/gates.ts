import type { MechanismMeta, SourceLine } from './mechanism-run.js';

/** In the order in which they are passed, which is the order of their cost. */
export const GATES = ['G0', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8'] as const;
export type Gate = (typeof GATES)[number];

/** What a gate asks, for people who read that one was not passed. */
export const GATE_TITLES: Readonly<Record<Gate, string>> = {
  G0: 'size and words',
  G1: 'parses, and exports what a mechanism is',
  G2: 'loads in the sandbox',
  G3: 'answers legally wherever a loop may stand',
  G4: 'answers the same to the same',
  G5: 'stays within fuel, memory, stack and CPU time',
  G6: 'changes what a stuck loop does',
  G7: 'does no harm on the simulator',
  G8: 'does no harm in its first trials',
};

/** Why a mechanism may not be used, in words that its author can act on. */
export interface Finding {
  gate: Gate;
  /** inert: it runs and changes nothing; copy: it does what the incumbent's mechanism does */
  verdict: 'rejected' | 'inert' | 'copy';
  reason: string;
  where: SourceLine | null;
}

export interface GateReport {
  /** null: it passed all gates that were asked */
  finding: Finding | null;
  passed: readonly Gate[];
  meta: MechanismMeta | null;
  /** most units of fuel that one call took */
  fuel: number;
  /** d_mech to the identity on the recorded traces; null where G6 wasn't reached */
  distance: number | null;
}
