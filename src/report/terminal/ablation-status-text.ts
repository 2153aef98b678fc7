import { ARMS, type AblationProgress } from '../../contract/ablation.js';
import { mean } from '../../domain/statistics.js';
import { plain } from '../ablation/numbers.js';
import { searchLine } from '../ablation/progress-lines.js';
import { cleanLine } from '../clean-text.js';

interface Known {
  id: string;
  ended: boolean;
  ui: string | null;
}

const stateOf = ({ paused, stopping }: AblationProgress): string => {
  if (stopping !== undefined) return `stopping: ${cleanLine(stopping)}`;
  return paused === undefined ? 'running' : `paused ${cleanLine(paused)}`;
};

/** How far an ablation is; verdicts belong to its end. */
export const ablationStatusText = ({ id, ended, ui }: Known, progress: AblationProgress): string => {
  const { planned, searches, cells, running } = progress;
  const state = ended ? 'ended' : stateOf(progress);
  const arms = ARMS.flatMap((arm) => {
    const own = cells.filter((cell) => cell.arm === arm);
    const u = own.flatMap((cell) => (cell.u === null ? [] : [cell.u]));
    const failed = own.length - u.length;
    const broke = failed === 0 ? '' : `, ${String(failed)} failed`;
    return own.length === 0
      ? []
      : [
          `  ${arm.padEnd(2)}  ${String(u.length)} ended${broke}, mean u ${plain(u.length === 0 ? null : mean(u))}`,
        ];
  });
  return [
    `${id}  ${state}`,
    `  ${String(cells.length)} of ${String(planned)} loops have ended`,
    ...arms,
    ...searches.map((search) => `  ${searchLine(search)}`),
    ...running.map((loop) => `  runs ${loop}`),
    ...(ui === null ? [] : [`  history   ${ui}`]),
  ].join('\n');
};
