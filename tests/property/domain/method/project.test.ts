import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { taskSchema, type Task } from '../../../../src/contract/task-schema.js';
import type { MethodFiles } from '../../../../src/contract/method.js';
import { project } from '../../../../src/domain/method/project.js';
import { taskWith } from '../../../support/loop-input.js';
import { methodWith } from '../../../support/method-files.js';

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const count = fc.integer({ min: 1, max: 50 });

const agent = fc.record({
  models: maybe(fc.array(fc.record({ name: fc.constantFrom('a', 'b') }), { minLength: 1, maxLength: 3 })),
  temperature: maybe(fc.double({ min: 0, max: 2, noNaN: true })),
  history: maybe(count),
  attempts: maybe(fc.integer({ min: 1, max: 10 })),
});
const objective = fc.record({
  minEffect: maybe(fc.constantFrom(0.001, '0.5%')),
  limits: maybe(fc.constant([{ metric: 'loss', max: 1 }])),
  approval: maybe(fc.boolean()),
});
const process = fc.record({
  acceptance: maybe(
    fc.record({ rule: fc.constantFrom('strict', 'sprt', 'floor'), repeats: fc.integer({ min: 1, max: 20 }) }),
  ),
  exploration: maybe(
    fc.record({
      edits: fc.integer({ min: 1, max: 8 }),
      weights: fc.constantFrom({}, { mutate: 0 }, { openai: 3 }),
    }),
  ),
  freeze: maybe(fc.array(fc.constantFrom('train.py', 'train.py:lr', '*'), { maxLength: 3 })),
  batch: maybe(count),
  ahead: maybe(count),
  stale: maybe(fc.constantFrom('rebase', 'measure')),
  stop: maybe(fc.record({ plateau: count })),
});

const written = (sections: Record<string, unknown>): MethodFiles =>
  Object.fromEntries(Object.entries(sections).map(([name, value]) => [name, JSON.stringify(value)]));

const methods = fc
  .record({
    'agent/agent.yaml': agent,
    'objective/objective.yaml': objective,
    'process/process.yaml': process,
  })
  .map((sections) => methodWith({ ...written(sections), 'agent/prompt.md': 'measure another metric' }));

const tasks = fc
  .record({
    seed: fc.nat(1000),
    approval: fc.boolean(),
    concurrency: fc.integer({ min: 1, max: 9 }),
    target: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    falseKeeps: maybe(fc.double({ min: 0.01, max: 1, noNaN: true })),
    proposer: fc.constantFrom<z.input<typeof taskSchema>['proposer']>({ kind: 'mutate' }, [
      { kind: 'mutate' },
      { kind: 'openai' },
    ]),
  })
  .map(({ target, falseKeeps, ...rest }) =>
    taskWith({
      ...rest,
      stop: target === undefined ? {} : { target },
      acceptance: falseKeeps === undefined ? { rule: 'strict' } : { rule: 'strict', falseKeeps },
      guards: [{ command: 'true' }],
      holdout: { vault: 'v', command: 'score' },
      validate: 'final',
    }),
  );

/** Keys of a task that a method has a say in; every other one, also one that is added later, is pinned. */
const OPEN: readonly (keyof Task)[] = ['proposer', 'acceptance', 'stop', 'ahead', 'stale', 'approval'];

test('what a task pins no method may change', () => {
  fc.assert(
    fc.property(tasks, methods, (task, method) => {
      const { task: made } = project(method, task);
      for (const key of Object.keys(taskSchema.shape) as (keyof Task)[]) {
        if (!OPEN.includes(key)) expect(made[key]).toEqual(task[key]);
      }
      expect(Object.keys(made).filter((key) => !(key in taskSchema.shape))).toEqual([]);
      expect(made.stop.target).toBe(task.stop.target);
      expect(made.acceptance.falseKeeps).toBe(task.acceptance.falseKeeps);
      if (task.approval) expect(made.approval).toBe(true);
    }),
  );
});

test('projecting twice is projecting once, and a task always keeps somebody who proposes', () => {
  fc.assert(
    fc.property(tasks, methods, (task, method) => {
      const once = project(method, task);
      const kinds = [task.proposer].flat().map(({ kind }) => kind);
      const left = [once.task.proposer].flat();
      expect(left.length).toBeGreaterThan(0);
      expect(left.every(({ kind, weight }) => kinds.includes(kind) && weight > 0)).toBe(true);
      expect(project(method, once.task)).toEqual(once);
    }),
  );
});
