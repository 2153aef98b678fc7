import type { LoopStatus } from '../../contract/loop.js';
import { cut } from './display-width.js';
import { paint } from './paint.js';

/** A candidate that a person must decide on, and how: the loop can't keep it without an answer. */
export function approvalLine(
  { experiment, idea }: LoopStatus['awaitingApproval'][number],
  { loop }: Pick<LoopStatus, 'loop'>,
  { command, colour }: { command: string; colour: boolean },
): string {
  const number = String(experiment);
  const ink = paint(colour);
  const asks = `${`#${number}`.padStart(6)} ? waits for you: ${cut(idea, 60)}`;
  const answers = ['approve', 'reject'].map((verb) => `${command} ${verb} ${loop} ${number}`).join('  or  ');
  return ink('yellow', `${asks}  ${answers}`);
}
