import { CancellationScope, CancelledFailure } from '@temporalio/workflow';
import type { ChildEnd, LoopInput } from '../../../contract/loop.js';
import type { ProjectedTask, Research } from '../../../contract/research.js';
import { classOf, onClass } from '../../../domain/device/preferences.js';
import { childTag } from '../../../domain/research/child-names.js';
import { nextMean } from '../../../domain/loop/on-deck.js';
import { endedBefore, namesTaken } from '../../../domain/research/ended-below.js';
import {
  failedStudy,
  readStudy,
  spentBy,
  type Study,
  type UnitEnd,
} from '../../../domain/research/read-study.js';
import { type Unit, unitsOf } from '../../../domain/research/child-units.js';
import { measurementSeed } from '../../../domain/seed.js';
import { projectMethod } from '../activities.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import { keepEnd } from './ends.js';
import { inTurns } from './in-turns.js';
import { Purse } from './purse.js';
import { runChild } from './run-child.js';

/** What loops below one find is compared: they all run on the class that was chosen above. */
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

const onChosen = ({ state }: Loop, { task, method }: ProjectedTask): ProjectedTask => ({
  task: onClass(task, classOf(task, state)),
  method,
});

/** Devices, money and tokens that the loops below have used count as this one's. */
const spend = (loop: Loop, ends: readonly ChildEnd[]): void => {
  const { spent } = loop.state;
  const below = ends.map(spentBy);
  loop.state = {
    ...loop.state,
    spent: {
      ...spent,
      deviceSeconds: spent.deviceSeconds + below.reduce((sum, one) => sum + one.deviceSeconds, 0),
      dollars: below.reduce((sum, { dollars }) => sum + dollars, spent.dollars),
      tokens: below.reduce((sum, { tokens }) => sum + tokens, spent.tokens),
    },
  };
};

/** Ends as they come, those that an earlier attempt at this experiment has left among them. */
const endsOf = (
  loop: Loop,
  { study, units, paid, purse }: { study: Study; units: readonly Unit[]; paid: ChildEnd[]; purse: Purse },
  inputOf: (unit: Unit) => LoopInput,
): Promise<UnitEnd[]> =>
  inTurns(units, study.research.parallel, async (unit) => {
    const wanted = { loop: unit.loop, commit: study.commit, seed: unit.seed };
    const known = endedBefore(loop.state.below, wanted);
    if (known !== null) {
      purse.skip();
      return { unit, ...known };
    }
    const taken = namesTaken(loop.state.below, wanted);
    const { input, ended } = purse.lend(inputOf(unit));
    const end = await runChild(loop, { name: unit.name, input, taken });
    ended(spentBy(end));
    paid.push(end);
    if (CancellationScope.current().consideredCancelled)
      throw new CancelledFailure('stopped while its loops ran');
    keepEnd(loop, wanted, end);
    return { unit, ...end };
  });

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
      deviceClass: classOf(input.task, loop.state),
      startedAt: new Date(started).toISOString(),
      seconds: (Date.now() - started) / 1000,
    });
    const tasks = research.tasks.map(({ task }) => task);
    const projected = await projectMethod.executeWithOptions(
      { summary: `the method of experiment ${String(experiment)}: ${idea}`.slice(0, 200) },
      [{ loop: input.loop, source: input.source, commit, tasks }],
    );
    if ('fault' in projected) return failedStudy(study(), projected.fault);
    // a rule that was drawn among others may leave options of the old one behind: that is no fault of the candidate's
    if (role === 'candidate' && index === 0)
      for (const text of projected.unread ?? [])
        loop.event('notice', `experiment ${String(experiment)}: ${text}`);
    const units = unitsOf(parent, research, seed);
    const paid: ChildEnd[] = [];
    const purse = new Purse(loop, units.length);
    try {
      const ends = await endsOf(loop, { study: study(), units, paid, purse }, (unit) => {
        const task = projected.tasks[unit.task];
        if (task === undefined) throw new RangeError('a method is projected to each task of its study');
        return childInput(study(), unit, onChosen(loop, task));
      });
      const record = readStudy(study(), ends);
      const meanRunSeconds = nextMean(loop.state.meanRunSeconds, record.deviceSeconds);
      loop.state = { ...loop.state, meanRunSeconds };
      return record;
    } finally {
      spend(loop, paid);
      purse.close();
    }
  };
