import type { LoopStatus } from '../contract/loop.js';
import { progressLine } from '../report/terminal/progress-line.js';
import type { Viewer } from './follow.js';
import type { Terminal } from './terminal.js';

/** One JSON object a line; `type` says which. */
export const jsonLine = (terminal: Terminal, type: string, value: object): void => {
  terminal.out(JSON.stringify({ type, ...value }));
};

/** A line for each finished experiment, for programs: the ledger's row. */
export const jsonViewer = (terminal: Terminal): Viewer => ({
  show: (fresh) => {
    for (const { row } of fresh) jsonLine(terminal, 'experiment', row);
  },
  notice: (text) => {
    jsonLine(terminal, 'notice', { text });
  },
});

/** A line for each finished experiment, for people. */
export const lineViewer = (terminal: Terminal): Viewer => {
  let last: LoopStatus | null = null;
  const held: Parameters<Viewer['show']>[0] = [];
  return {
    show: (fresh, status) => {
      last = status ?? last;
      held.push(...fresh);
      if (last === null) return;
      for (const { shown } of held.splice(0))
        terminal.out(progressLine(shown, last, { columns: terminal.columns, colour: terminal.live }));
    },
    notice: (text) => {
      terminal.err(`… ${text}`);
    },
  };
};
