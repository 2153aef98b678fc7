import type { AblationInput, SearchedArm, SearchEnd } from '../../contract/ablation.js';
import type { LoopResult } from '../../contract/loop.js';
import type { Projected } from '../../contract/research.js';
import { ranItsCourse } from '../research/ran-its-course.js';

export interface Search {
  arm: SearchedArm;
  index: number;
}

const ORDER: readonly SearchedArm[] = ['B', 'C', 'D'];

/** Every search that is to be made, the arms in turns. */
export const searchesOf = ({
  searches,
  searchesEach,
}: Pick<AblationInput, 'searches' | 'searchesEach'>): Search[] =>
  Array.from({ length: searchesEach }, (_, index) =>
    ORDER.filter((arm) => searches[arm] !== undefined).map((arm) => ({ arm, index })),
  ).flat();

export const failedSearch = (search: Search, loop: string, why: string): SearchEnd => ({
  ...search,
  loop,
  plan: null,
  failed: why.slice(0, 300),
  stopped: '',
  keeps: 0,
  candidates: 0,
  experiments: 0,
  deviceSeconds: 0,
  dollars: 0,
  tokens: 0,
});

/** What a search found; one that kept nothing found the method that it began with. */
export const readSearch = (
  search: Search,
  { loop, stopped, outcomes, spent }: LoopResult,
  { projected, below }: { projected: Projected; below: { experiments: number } },
): SearchEnd => {
  const cost = {
    stopped,
    keeps: outcomes.keep ?? 0,
    candidates: spent.experiments,
    experiments: below.experiments,
    deviceSeconds: spent.deviceSeconds,
    dollars: spent.dollars,
    tokens: spent.tokens,
  };
  if ('fault' in projected) return { ...failedSearch(search, loop, projected.fault), ...cost };
  const [first] = projected.tasks;
  const ended = ranItsCourse({ stopped }) ? null : `its search ended early: ${stopped}`;
  if (ended !== null || first === undefined)
    return { ...failedSearch(search, loop, ended ?? 'it has no tasks'), ...cost };
  const plan = { method: first.method, tasks: projected.tasks.map(({ task }) => task) };
  return { ...search, loop, plan, failed: null, ...cost };
};
