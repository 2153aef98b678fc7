import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Evidence } from '../../../src/domain/acceptance/rule.js';
import type { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { rowOf } from './noisy-world.js';

const race = { rule: 'race', arms: 4 } as const;
type Extra = Parameters<typeof taskWith>[0];

/** A task whose loop holds one race of four candidates. */
export const contestTask = (extra: Extra = {}) =>
  taskWith({ acceptance: race, budget: { experiments: 4 }, ...extra });

export const runContests =
  (env: () => TestWorkflowEnvironment) =>
  (engine: FakeEngine, name: string, extra: Extra = {}) =>
    withLoop(env(), engine, loopInput(`toy/${name}`, contestTask(extra)), (handle) => handle.result());

export const evidenceOf = (engine: FakeEngine, experiment: number): Evidence =>
  rowOf(engine, experiment).verdict?.evidence as Evidence;

export const numbersOf = (engine: FakeEngine) =>
  engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b);
