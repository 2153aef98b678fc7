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

/** What the last of these events means; null for those that say nothing of it. */
export const phaseOf = (kind: LoopEventRow['kind'] | null, unmeasured: boolean): LoopPhase['word'] | null => {
  const word = kind === null ? undefined : WORDS[kind];
  return word === 'done' && unmeasured ? 'failed' : (word ?? null);
};

/** The state that the ledger's events left the loop in; without a baseline there was no loop. */
export function loopPhase({ events, experiments }: Pick<LoopRecord, 'events' | 'experiments'>): LoopPhase {
  const last = events
    .slice()
    .sort((a, b) => a.seq - b.seq)
    .findLast(({ kind }) => WORDS[kind] !== undefined);
  const unmeasured = experiments.some(({ experiment, value }) => experiment === 0 && value === null);
  const word = phaseOf(last?.kind ?? null, unmeasured);
  if (last === undefined || word === null) return { word: 'running', text: '' };
  return { word, text: word === 'running' ? '' : last.text };
}
