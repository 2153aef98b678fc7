import type { FoundSighting } from '../../../../src/contract/lesson.js';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 0, 31);

export const found = (changes: Partial<FoundSighting> = {}): FoundSighting => ({
  lesson: 'a1',
  loop: 'toy/one',
  task: 'toy',
  theme: 'lr up',
  effect: 'helped',
  count: 1,
  idea: 'lr 0.1 → 0.2',
  evidence: 'better by 0.1',
  outcome: 'keep',
  experiment: 3,
  commit: 'c'.repeat(40),
  level: 'R0',
  epoch: 1,
  evaluatorHash: null,
  deviceClass: 'cpu',
  rule: 'strict',
  firstAt: NOW,
  lastAt: NOW,
  relevance: 0,
  ...changes,
});
