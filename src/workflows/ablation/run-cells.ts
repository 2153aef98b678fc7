import type { Cell, CellEnd } from '../../contract/ablation.js';
import type { LoopInput } from '../../contract/loop.js';
import { cellKey, cellLoop, cellSeed, cellsOf } from '../../domain/ablation/cells.js';
import { planOf } from '../../domain/ablation/plan-of.js';
import { failedCell, readCell } from '../../domain/ablation/read-cell.js';
import { childTag } from '../../domain/research/child-names.js';
import { allWoundDown } from '../research-loop/research/all-wound-down.js';
import { onChosenClass } from './fix-classes.js';
import { goesOn } from './goes-on.js';
import { runBelow } from './run-below.js';
import type { AblationStudy } from './study.js';

const runCell = async (study: AblationStudy, cell: Cell): Promise<CellEnd> => {
  const { input, found } = study;
  const of = input.research.tasks[cell.task];
  const loop = cellLoop(input, cell);
  const plan = planOf(cell.arm, cell.repeat, { input, found });
  const task = plan?.tasks[cell.task];
  if (of === undefined) throw new RangeError('a cell belongs to a task of its study');
  if (plan === null || task === undefined) return failedCell(cell, loop, 'the search for its method failed');
  const given: LoopInput = {
    v: 1,
    loop,
    tag: childTag(loop),
    level: 0,
    task: { ...onChosenClass(study, task), seed: cellSeed(input.seed, cell) },
    source: of.source,
    forkedFrom: null,
    method: plan.method,
    rescore: input.research.rescore,
  };
  const result = await runBelow(study, given, `arm ${cell.arm}, ${task.name}, repeat ${String(cell.repeat)}`);
  return typeof result === 'string' ? failedCell(cell, loop, result) : readCell(cell, result, of);
};

/** Runs the cells that have not ended, in their order, so many at a time as were asked for. */
export const runCells = async (study: AblationStudy): Promise<void> => {
  const over = new Set(study.ended.map(cellKey));
  const rest = cellsOf(study.input).filter((cell) => !over.has(cellKey(cell)));
  const lane = async (): Promise<void> => {
    while (!study.isFull()) {
      if (study.paused !== null) {
        await goesOn(study);
        continue;
      }
      const next = rest.shift();
      if (next === undefined) return;
      study.ended.push(await runCell(study, next));
      study.show();
    }
  };
  await allWoundDown(Array.from({ length: study.input.parallel }, lane));
};
