import { PROMOTION } from '../../promotion/promotion-proposer.js';
import { isUnjudged } from '../../steering/unjudged.js';
import type { PastExperiment } from './past-experiment.js';
import { oneLine } from './untrusted.js';

/** No failures: kept, perhaps to be kept, or never run. */
const UNDECIDED: ReadonlySet<string> = new Set(['keep', 'provisional', 'cancelled']);

/** What was tried, whatever its numbers: two values of one setting are one idea. */
export const themeOf = (idea: string): string =>
  idea
    .toLowerCase()
    .replaceAll(/[-+]?\d[\d_.]*(?:e[-+]?\d+)?/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim();

interface Theme {
  idea: string;
  count: number;
  outcomes: Set<string>;
  last: number;
}

/**
 * Memory of what didn't work, a line a theme: the ones tried most often first, up to `maxCharacters`. It reaches
 * further back than the table of the last experiments.
 */
export const failureMemory = (past: readonly PastExperiment[], maxCharacters: number): string[] => {
  const themes = new Map<string, Theme>();
  for (const row of past) {
    if (isUnjudged(row)) continue;
    const { experiment, idea, outcome, proposer } = row;
    if (UNDECIDED.has(outcome) || experiment === 0 || idea === '' || proposer === PROMOTION) continue;
    const key = themeOf(idea);
    const theme = themes.get(key) ?? { idea, count: 0, outcomes: new Set<string>(), last: experiment };
    theme.count++;
    theme.outcomes.add(outcome);
    if (experiment >= theme.last) Object.assign(theme, { idea, last: experiment });
    themes.set(key, theme);
  }
  const lines: string[] = [];
  let size = 0;
  const sorted = [...themes.values()].sort((a, b) => b.count - a.count || b.last - a.last);
  for (const { idea, count, outcomes } of sorted) {
    const times = count === 1 ? 'once' : `${String(count)} times`;
    const line = `- tried ${times}, never kept (${[...outcomes].join(', ')}): ${oneLine(idea, 160)}`;
    size += line.length + 1;
    if (size > maxCharacters) break;
    lines.push(line);
  }
  return lines;
};
