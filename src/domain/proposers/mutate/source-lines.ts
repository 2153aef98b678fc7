import { CODE, COMMENT } from './mask.js';

export interface SourceLine {
  /** from 1 */
  number: number;
  start: number;
  end: number;
  /** text of the comments on it, and of a line above that is nothing but comment */
  comment: string;
}

/** The lines of a file with what their comments say about them. */
export const sourceLines = (text: string, mask: Uint8Array): SourceLine[] => {
  const lines: SourceLine[] = [];
  let above = '';
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    let comment = '';
    let onlyComment = true;
    for (let at = start; at < end; at++) {
      if (mask[at] === COMMENT) comment += text[at] ?? '';
      else if (mask[at] !== CODE || !/\s/.test(text[at] ?? '')) onlyComment = false;
    }
    lines.push({ number: lines.length + 1, start, end, comment: comment === '' ? above : comment });
    above = onlyComment ? comment : '';
    start = end + 1;
  }
  return lines;
};
