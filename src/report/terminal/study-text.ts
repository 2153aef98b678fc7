import type { RunRecord } from '../../contract/measurement.js';
import { cleanLine } from '../clean-text.js';

/** What the child loops of each measurement came to: a measurement a paragraph, a loop a line. */
export const studyText = (studies: readonly RunRecord[]): string =>
  studies
    .map(({ role, index, detail, tail }) => {
      const loops = tail.split('\n').filter((line) => line !== '');
      const head = `${role}, measurement ${String(index + 1)}: ${detail}`;
      return [cleanLine(head), ...loops.map((line) => `  ${cleanLine(line)}`)].join('\n');
    })
    .join('\n\n');
