import type { LoopEventRow, LoopRecord } from '../contract/ledger.js';

export interface LoopPhase {
  word: 'running' | 'paused' | 'stopping' | 'done' | 'failed';
  /** why, as the loop said it */
  text: string;
}

const WORDS: Partial<Record<LoopEventRow['kind'], LoopPhase['word']>> = {
  opened: 'running',
  resumed: 'running',
  paused: 'paused',
  stopping: 'stopping',
  stopped: 'done',
};

/** The state that the ledger's events left the loop in; without a baseline there was no loop. */
export function loopPhase({ events, experiments }: Pick<LoopRecord, 'events' | 'experiments'>): LoopPhase {
  const last = events
    .slice()
    .sort((a, b) => a.seq - b.seq)
    .findLast(({ kind }) => WORDS[kind] !== undefined);
  const word = last === undefined ? undefined : WORDS[last.kind];
  if (last === undefined || word === undefined) return { word: 'running', text: '' };
  if (word === 'done' && experiments.some(({ experiment, value }) => experiment === 0 && value === null))
    return { word: 'failed', text: last.text };
  return { word, text: word === 'running' ? '' : last.text };
}
