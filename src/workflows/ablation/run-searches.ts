import type { SearchedArm, SearchEnd } from '../../contract/ablation.js';
import type { LoopInput, LoopResult } from '../../contract/loop.js';
import { searchLoop, searchSeed } from '../../domain/ablation/cells.js';
import { failedSearch, readSearch, searchesOf } from '../../domain/ablation/searches.js';
import { childTag } from '../../domain/research/child-names.js';
import { projectMethod } from '../research-loop/activities.js';
import { researchCost } from './activities.js';
import { onChosenClass } from './fix-classes.js';
import { goesOn } from './goes-on.js';
import { runBelow } from './run-below.js';
import type { AblationStudy } from './study.js';

const readFound = async (
  study: AblationStudy,
  search: { arm: SearchedArm; index: number },
  { given, result }: { given: LoopInput; result: LoopResult },
): Promise<SearchEnd> => {
  const { loop, source } = given;
  const commit = result.incumbent?.commit ?? source.baseCommit;
  const tasks = study.input.research.tasks.map(({ task }) => task);
  const projected = await projectMethod({ loop, source, commit, tasks });
  const below = await researchCost({ loop });
  return readSearch(search, result, { projected, below });
};

const runSearch = async (
  study: AblationStudy,
  search: { arm: SearchedArm; index: number },
): Promise<SearchEnd | null> => {
  const { input } = study;
  const { arm, index } = search;
  const wanted = input.searches[arm];
  if (wanted === undefined) return null;
  const loop = searchLoop(input, arm, index);
  const task = { ...wanted.task, seed: searchSeed(input.seed, index) };
  const { research } = wanted;
  const tasks = research?.tasks.map((one) => ({ ...one, task: onChosenClass(study, one.task) }));
  const below = research === undefined || tasks === undefined ? {} : { research: { ...research, tasks } };
  const given: LoopInput = { ...wanted, ...below, task, loop, tag: childTag(loop) };
  const result = await runBelow(study, given, `the search for the method of arm ${arm}`);
  return typeof result === 'string'
    ? failedSearch(search, loop, result)
    : readFound(study, search, { given, result });
};

/** Runs the outer loops that find methods, one after another: each has child loops of its own beside it. */
export const runSearches = async (study: AblationStudy): Promise<void> => {
  for (const search of searchesOf(study.input)) {
    const over = study.found.some(({ arm, index }) => arm === search.arm && index === search.index);
    if (!over && study.paused !== null) await goesOn(study);
    if (over || study.isFull()) continue;
    const end = await runSearch(study, search);
    if (end !== null) study.found.push(end);
    study.show();
  }
};
