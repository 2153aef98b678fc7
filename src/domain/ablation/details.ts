import type { AblationInput, AblationProgress } from '../../contract/ablation.js';
import { mean } from '../statistics.js';

/** How far an ablation is, for Temporal's UI: no verdicts, which belong to the end. */
export const ablationDetails = (
  { arms, research, n }: Pick<AblationInput, 'arms' | 'research' | 'n'>,
  { cells, planned, searches, running, paused, stopping }: AblationProgress,
): string => {
  const names = research.tasks.map(({ task }) => task.name).join(', ');
  const rows = arms.map((arm) => {
    const u = cells.flatMap((cell) => (cell.arm === arm && cell.u !== null ? [cell.u] : []));
    return `| ${arm} | ${String(u.length)} | ${u.length === 0 ? '–' : mean(u).toFixed(3)} |`;
  });
  return [
    ...(paused === undefined ? [] : [`**Paused** ${paused}. What has begun stands still with it.`, '']),
    ...(stopping === undefined ? [] : [`**Stopping** (${stopping}): no loop is begun any more.`, '']),
    `Ablation on ${names}, ${String(n)} repeats: ${String(cells.length)} of ${String(planned)} loops have ended.`,
    '',
    '| arm | loops | mean u |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...searches.map(({ arm, loop, failed, keeps }) =>
      failed === null ? `- ${arm}: \`${loop}\` kept ${String(keeps)}` : `- ${arm}: ${failed}`,
    ),
    ...[...running].map((loop) => `- \`${loop}\` runs`),
  ].join('\n');
};
