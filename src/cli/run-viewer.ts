import type { LoopStatus } from '../contract/loop.js';
import { choiceInWords } from '../domain/device/choose-device.js';
import { approvalLine } from '../report/terminal/approval-line.js';
import { progressLine } from '../report/terminal/progress-line.js';
import { needsReason, reasonLine } from '../report/terminal/reason-line.js';
import { awaitingOnce } from './awaiting-once.js';
import type { Viewer } from './follow.js';
import { ownCommand } from './own-command.js';
import type { Terminal } from './terminal.js';

/** One JSON object a line; `type` says which. */
export const jsonLine = (terminal: Terminal, type: string, value: object): void => {
  terminal.out(JSON.stringify({ type, ...value }));
};

/** A line for each finished experiment, for programs: the ledger's row; and for each that waits for a person. */
export const jsonViewer = (terminal: Terminal): Viewer => {
  const newlyAwaiting = awaitingOnce();
  return {
    show: (fresh, status) => {
      for (const { row } of fresh) jsonLine(terminal, 'experiment', row);
      if (status === null) return;
      for (const waits of newlyAwaiting(status))
        jsonLine(terminal, 'awaiting_approval', { loop: status.loop, ...waits });
    },
    notice: (text) => {
      jsonLine(terminal, 'notice', { text });
    },
  };
};

/** A line for each finished experiment, and for each that waits for a person; for people. */
export const lineViewer = (terminal: Terminal): Viewer => {
  let last: LoopStatus | null = null;
  const held: Parameters<Viewer['show']>[0] = [];
  const newlyAwaiting = awaitingOnce();
  const command = ownCommand(terminal);
  return {
    show: (fresh, status) => {
      if (status?.device !== undefined && last?.device === undefined)
        terminal.out(`  device   ${choiceInWords(status.device)}`);
      last = status ?? last;
      held.push(...fresh);
      if (last === null) return;
      for (const { shown } of held.splice(0)) {
        const options = { columns: terminal.columns, colour: terminal.live };
        terminal.out(progressLine(shown, last, options));
        if (needsReason(shown)) terminal.out(reasonLine(shown, options));
      }
      for (const waits of newlyAwaiting(last))
        terminal.out(approvalLine(waits, last, { command, colour: terminal.live }));
    },
    notice: (text) => {
      terminal.err(`… ${text}`);
    },
  };
};
