import type { Outcome } from '../../contract/outcome.js';
import { familyOf, outcomeWord, type Family } from '../family.js';
import type { Ink } from './paint.js';

const SYMBOLS: Record<Family, { symbol: string; ink: Ink }> = {
  kept: { symbol: '✓', ink: 'green' },
  provisional: { symbol: '+', ink: 'cyan' },
  discarded: { symbol: '·', ink: 'dim' },
  inconclusive: { symbol: '~', ink: 'yellow' },
  failed: { symbol: '✗', ink: 'red' },
  tampered: { symbol: '!', ink: 'magenta' },
  skipped: { symbol: '–', ink: 'dim' },
};

/** An outcome as symbol, word and colour: told apart without the colour. */
export function outcomeMark(outcome: Outcome): { symbol: string; word: string; ink: Ink } {
  return { ...SYMBOLS[familyOf[outcome]], word: outcomeWord(outcome) };
}
