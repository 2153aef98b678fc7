import type { Outcome } from '../../contract/outcome.js';
import { glyph } from '../curve/marks.js';
import { familyOf, outcomeWord } from '../family.js';

/** An outcome as shape and word; the baseline was not proposed, so its word is its own. */
export function badge(outcome: Outcome, isBaseline: boolean): string {
  const family = familyOf[outcome];
  const word = isBaseline && outcome === 'keep' ? 'baseline' : outcomeWord(outcome);
  return `<span class="badge ${family}">${glyph(family)}${word}</span>`;
}
