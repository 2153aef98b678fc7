import type { LoopInput } from '../../../contract/loop.js';
import type { ProjectedTask, Research } from '../../../contract/research.js';
import { childTag } from '../../../domain/research/child-names.js';
import { nextMean } from '../../../domain/loop/on-deck.js';
import { failedStudy, readStudy, type Study, type UnitEnd } from '../../../domain/research/read-study.js';
import { type Unit, unitsOf } from '../../../domain/research/child-units.js';
import { measurementSeed } from '../../../domain/seed.js';
import { projectMethod } from '../activities.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import { deviceClassOf } from '../run-request.js';
import { runChild } from './run-child.js';

/** At most so many at a time, in order. */
const inTurns = async <T, R>(
  items: readonly T[],
  most: number,
  each: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  const rest = [...items.entries()];
  const take = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift())
      results[next[0]] = await each(next[1]);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, take));
  return results;
};

const childInput = (study: Study, unit: Unit, { task, method }: ProjectedTask): LoopInput => {
  const of = study.research.tasks[unit.task];
  if (of === undefined) throw new RangeError('a unit belongs to a task of its study');
  return {
    v: 1,
    loop: unit.loop,
    tag: childTag(unit.loop),
    level: 0,
    task: { ...task, seed: unit.seed },
    source: of.source,
    forkedFrom: null,
    method,
    parent: study.parent,
    rescore: study.research.rescore,
  };
};

/** Devices, money and tokens that the loops below have used count as this one's. */
const spend = (loop: Loop, ends: readonly UnitEnd[], deviceSeconds: number): void => {
  const { spent } = loop.state;
  const below = ends.flatMap((end) => ('result' in end ? [end.result.spent] : []));
  loop.state = {
    ...loop.state,
    meanRunSeconds: nextMean(loop.state.meanRunSeconds, deviceSeconds),
    spent: {
      ...spent,
      deviceSeconds: spent.deviceSeconds + deviceSeconds,
      dollars: below.reduce((sum, { dollars }) => sum + dollars, spent.dollars),
      tokens: below.reduce((sum, { tokens }) => sum + tokens, spent.tokens),
    },
  };
};

/**
 * Levels 1 and up: a candidate is a method, and its run is research. Each task of the study gets a loop of its own under
 * the candidate's policy, as a child workflow; the measurement is the mean of what they gained. (Design, section 1.)
 */
export const measureByResearch =
  (research: Research): Measure =>
  async (loop, plan, idea) => {
    const { input } = loop;
    const { experiment, role, index, commit } = plan;
    const started = Date.now();
    const parent = { loop: input.loop, experiment, role, index };
    const seed = measurementSeed(
      input.task.seed,
      plan.seed === undefined ? experiment : 0,
      plan.seed ?? index,
    );
    const study = (): Study => ({
      parent,
      research,
      commit,
      seed,
      evaluatorHash: input.source.evaluatorHash,
      deviceClass: deviceClassOf(input),
      startedAt: new Date(started).toISOString(),
      seconds: (Date.now() - started) / 1000,
    });
    const tasks = research.tasks.map(({ task }) => task);
    const projected = await projectMethod.executeWithOptions(
      { summary: `the method of experiment ${String(experiment)}: ${idea}`.slice(0, 200) },
      [{ loop: input.loop, source: input.source, commit, tasks }],
    );
    if ('fault' in projected) return failedStudy(study(), projected.fault);
    const units = unitsOf(parent, research, seed);
    const ends = await inTurns(units, research.parallel, (unit) => {
      const task = projected.tasks[unit.task];
      if (task === undefined) throw new RangeError('a method is projected to each task of its study');
      return runChild(loop, unit, childInput(study(), unit, task));
    });
    const record = readStudy(study(), ends);
    spend(loop, ends, record.deviceSeconds);
    return record;
  };
