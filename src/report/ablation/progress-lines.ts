import type { CellEnd, SearchEnd } from '../../contract/ablation.js';
import { counted, formatValue } from '../../domain/format.js';
import { cleanLine } from '../clean-text.js';
import { plain } from './numbers.js';

/** An ended cell in a line. */
export const cellLine = ({ arm, repeat, u, failed, value, experiments }: CellEnd, task: string): string => {
  const name = `${arm.padEnd(2)} ${task}.${String(repeat)}`;
  return failed === null
    ? `${name}: u ${plain(u)} (${formatValue(value)} after ${counted(experiments, 'experiment')})`
    : `${name}: FAILED, ${cleanLine(failed)}`;
};

/** An ended search in a line. */
export const searchLine = ({ arm, failed, keeps, candidates, experiments }: SearchEnd): string =>
  failed === null
    ? `the search for ${arm} kept ${String(keeps)} of ${counted(candidates, 'method')}; its loops ran ${counted(experiments, 'experiment')}`
    : `the search for ${arm} FAILED: ${cleanLine(failed)}`;
