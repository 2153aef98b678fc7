import type { AblationReport } from '../../domain/ablation/ablation-report.js';
import { cleanLine } from '../clean-text.js';
import { chanceText, effectText, evidenceText, intervalText, plain, signed } from './numbers.js';
import { claimWords, deadArms, failureLines, stillArms } from './verdict-words.js';

const columns = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** The result for a terminal; the whole of it is in ablation.md. */
export const ablationText = (report: AblationReport): string => {
  const arms = report.arms.map(({ arm, u, cells, failed, method }) => [
    arm,
    plain(u?.mean ?? null),
    plain(u?.sd ?? null),
    plain(u?.iqm ?? null),
    `${String(cells - failed)} loops`,
    cleanLine(method),
  ]);
  const contrasts = report.contrasts.map((one) => [
    `${one.lifted} − ${one.base}`,
    signed(one.n === 0 ? null : one.mean),
    intervalText(one),
    signed(one.iqm),
    effectText(one),
    `${String(one.wins)}/${String(one.ties)}/${String(one.losses)}`,
    chanceText(one.corrected),
    evidenceText(one),
    one.verdict,
  ]);
  return [
    ...(report.stopped === null ? [] : [`Stopped (${report.stopped}): what follows is not whole.`, '']),
    ...columns([['ARM', 'MEAN u', 'SD', 'IQM', '', 'METHOD'], ...arms]),
    '',
    ...columns([['PAIRED', 'MEAN', '95 %', 'IQM', 'd_z', 'WON/TIED/LOST', 'p HOLM', 'e', ''], ...contrasts]),
    '',
    claimWords(report),
    ...deadArms(report),
    ...stillArms(report),
    ...failureLines(report).map((line) => `Failed: ${cleanLine(line)}`),
  ].join('\n');
};
