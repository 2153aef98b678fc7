import { deadMechanisms } from '../../domain/ablation/dead-mechanisms.js';
import { CLAIM_PAIRS, type AblationReport } from '../../domain/ablation/ablation-report.js';

/** What the three comparisons behind the claim say together. */
export const claimWords = ({ mechanismPays, contrasts }: AblationReport): string => {
  if (mechanismPays === null)
    return 'Whether research on the mechanism pays was not asked: that takes arms C, B, S and R.';
  if (mechanismPays)
    return 'Research on the mechanism pays here: C is ahead of B, of the sham and of chance.';
  const open = contrasts
    .filter(({ lifted, base, verdict }) => lifted === 'C' && 'BSR'.includes(base) && verdict !== 'ahead')
    .map(({ base, verdict }) => `${verdict} against ${base}`);
  const few = contrasts.some(
    ({ lifted, base, n }) => lifted === 'C' && 'BSR'.includes(base) && n < CLAIM_PAIRS,
  );
  if (open.length === 0 && few)
    return `That research on the mechanism pays is not said here: C is ahead, but that takes ${String(CLAIM_PAIRS)} pairs of each comparison.`;
  return open.length === 0
    ? 'That research on the mechanism pays is not shown here: C is ahead, but in half of its loops or more no mechanism acted.'
    : `That research on the mechanism pays is not shown here: C is ${open.join(', ')}.`;
};

/** Cells without a score, each with its reason. */
export const failureLines = ({ cells, tasks }: AblationReport): string[] =>
  cells.flatMap(({ arm, task, repeat, failed }) =>
    failed === null ? [] : [`${arm} on ${tasks[task]?.task ?? ''}, repeat ${String(repeat)}: ${failed}`],
  );

/** Arms whose mechanisms did nothing; the sham's is meant to. */
export const deadArms = ({ cells, arms }: AblationReport): string[] =>
  arms.flatMap(({ arm }) => {
    const { had, dead } = deadMechanisms(arm, cells);
    return dead === 0 || arm === 'S'
      ? []
      : [
          `${arm}'s mechanism changed no decision, or broke, in ${String(dead)} of ${String(had)} loops: what those found is none of its doing.`,
        ];
  });

/** Arms whose loops came to the same on every seed: their repeats are one, however many there are. */
export const stillArms = ({ cells, arms, tasks, n }: AblationReport): string[] =>
  n < 3
    ? []
    : arms.flatMap(({ arm }) => {
        const ofTask = (task: number) =>
          cells.flatMap((cell) =>
            cell.arm === arm && cell.task === task && cell.u !== null ? [cell.u] : [],
          );
        const still = tasks.every((_, task) => {
          const u = ofTask(task);
          return u.length > 2 && u.every((one) => one === u[0]);
        });
        return still
          ? [
              `${arm} came to the same on every seed: its ${String(n)} repeats are one, and say nothing of other seeds.`,
            ]
          : [];
      });
