import type { Arm, CellEnd } from '../../contract/ablation.js';

/** Loops of an arm that had a mechanism, and those of them in which it changed no decision, or broke. */
export const deadMechanisms = (arm: Arm, cells: readonly CellEnd[]): { had: number; dead: number } => {
  const standings = cells.flatMap((cell) => (cell.arm === arm ? [cell.mechanism ?? []] : [])).flat();
  const dead = standings.filter((one) => one === 'inert' || one === 'faulty').length;
  return { had: standings.length, dead };
};
