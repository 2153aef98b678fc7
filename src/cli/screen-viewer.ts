import type { LoopStatus } from '../contract/loop.js';
import type { FinishedExperiment } from '../report/terminal/progress-line.js';
import { watchScreen } from '../report/terminal/watch-screen.js';
import type { Viewer } from './follow.js';
import type { Terminal } from './terminal.js';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
/** More than a screen shows; the curve wants the whole past, in a bounded memory. */
const MOST_ROWS = 100_000;

/** Redraws one screen in place, beside the terminal's own text, which is back when it is left. */
export const screenViewer = (terminal: Terminal): Viewer & { leave(): void } => {
  const rows: FinishedExperiment[] = [];
  let last: LoopStatus | null = null;
  let said = '';
  terminal.raw(ENTER);
  const draw = (): void => {
    const size = { columns: terminal.columns, rows: terminal.rows - 1, colour: !terminal.env['NO_COLOR'] };
    const lines = last === null ? ['waiting for the loop to answer'] : watchScreen(last, rows, size);
    const all = said === '' ? lines : [...lines.slice(0, size.rows - 1), said];
    terminal.raw(`${HOME}${all.map((line) => `${line}${CLEAR_LINE}`).join('\n')}${CLEAR_BELOW}`);
  };
  return {
    show: (fresh, status) => {
      last = status ?? last;
      rows.push(...fresh.map(({ shown }) => shown));
      if (rows.length > MOST_ROWS) rows.splice(0, rows.length - MOST_ROWS);
      draw();
    },
    notice: (text) => {
      said = text.endsWith('again') ? '' : text;
      draw();
    },
    leave: () => {
      terminal.raw(LEAVE);
    },
  };
};
