import type { LoopEventRow } from '../contract/ledger.js';

export interface LoopPhase {
  word: 'running' | 'paused' | 'stopping' | 'stopped';
  /** why, as the loop said it */
  text: string;
}

const WORDS: Partial<Record<LoopEventRow['kind'], LoopPhase['word']>> = {
  opened: 'running',
  resumed: 'running',
  paused: 'paused',
  stopping: 'stopping',
  stopped: 'stopped',
};

/** The state that the ledger's events left the loop in. */
export function loopPhase(events: readonly LoopEventRow[]): LoopPhase {
  const last = events
    .slice()
    .sort((a, b) => a.seq - b.seq)
    .findLast(({ kind }) => WORDS[kind] !== undefined);
  const word = last === undefined ? undefined : WORDS[last.kind];
  if (last === undefined || word === undefined) return { word: 'running', text: '' };
  return { word, text: word === 'running' ? '' : last.text };
}
