import { themeOf } from '../proposers/prompt/failures.js';
import { oneLine } from '../proposers/prompt/untrusted.js';

const LONGEST = 300;
const STEP = /([-+]?\d[\d_.]*(?:e[-+]?\d+)?)\s*(?:→|->|=>|\bto\b)\s*([-+]?\d[\d_.]*(?:e[-+]?\d+)?)/gi;

const numberOf = (text: string): number => Number(text.replaceAll('_', ''));

/** What an idea is about, whatever its numbers; whether a number went up or down is part of the idea. */
export const ideaTheme = (idea: string): string => {
  const directed = idea.replaceAll(STEP, (all, from: string, to: string) => {
    const [before, after] = [numberOf(from), numberOf(to)];
    return before === after || Number.isNaN(before + after) ? all : after > before ? 'up' : 'down';
  });
  return themeOf(oneLine(directed, LONGEST));
};
