import type { Cell, CellEnd } from '../../contract/ablation.js';
import type { LoopResult } from '../../contract/loop.js';
import type { ResearchTask } from '../../contract/research.js';
import { childScore } from '../research/child-score.js';
import { ranItsCourse } from '../research/ran-its-course.js';
import { freshMean } from '../research/unit-score.js';

const NOTHING = {
  u: null,
  failed: null,
  value: null,
  baseline: null,
  keeps: 0,
  experiments: 0,
  deviceSeconds: 0,
  dollars: 0,
  tokens: 0,
} as const;

/** A cell whose loop came to nothing. */
export const failedCell = (cell: Cell, loop: string, why: string): CellEnd => ({
  ...cell,
  ...NOTHING,
  loop,
  failed: why.slice(0, 300),
});

/** What a cell's loop came to; one that somebody stopped had another budget than its pairs. */
export const readCell = (cell: Cell, result: LoopResult, of: ResearchTask): CellEnd => {
  const { incumbent, baseline, rescored, outcomes, spent, loop, stopped, mechanism } = result;
  const { experiments, deviceSeconds, dollars, tokens } = spent;
  const cost = { experiments, deviceSeconds, dollars, tokens, keeps: outcomes.keep ?? 0 };
  if (!ranItsCourse(result)) return { ...failedCell(cell, loop, `it ended early: ${stopped}`), ...cost };
  const fresh = rescored === undefined ? null : freshMean(rescored.incumbent);
  return {
    ...cell,
    loop,
    u: childScore(result, of),
    failed: null,
    value: rescored === undefined ? (incumbent?.value ?? null) : fresh,
    baseline: baseline?.value ?? null,
    ...(mechanism === undefined ? {} : { mechanism }),
    ...cost,
  };
};
