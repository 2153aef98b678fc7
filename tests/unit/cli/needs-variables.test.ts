import { WorkflowNotFoundError } from '@temporalio/common';
import { expect, test } from 'vitest';
import { ablationAsksModels } from '../../../src/cli/asks-models.js';
import { needsVariables } from '../../../src/cli/needs-variables.js';
import type { LoopInput } from '../../../src/contract/loop.js';
import { ablationInput } from '../../support/ablation.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

const ABLATION = 'ablation/outer-1a2b3c4d';

const asking = taskWith({ proposer: { kind: 'openai', model: 'm' } });
const silent = taskWith({ proposer: { kind: 'mutate' } });

/** A server with an ablation of this memo, and a ledger with a loop of this input. */
const engine = (memo: Record<string, unknown> | null, input?: LoopInput) =>
  ({
    client: {
      workflow: {
        getHandle: () => ({
          describe: () =>
            memo === null
              ? Promise.reject(new WorkflowNotFoundError('none', ABLATION, undefined))
              : Promise.resolve({ memo }),
        }),
      },
    },
    ledger: { record: () => Promise.resolve(input === undefined ? null : { loop: { input } }) },
  }) as unknown as Parameters<typeof needsVariables>[0];

test('an ablation is resumed with the keys of this terminal if any loop of it asks a model', async () => {
  expect(await needsVariables(engine({ attempt: 1, models: true }), ABLATION)).toBe(true);
  expect(await needsVariables(engine({ attempt: 1, models: false }), ABLATION)).toBe(false);
  // started before that was written down
  expect(await needsVariables(engine({ attempt: 1 }), ABLATION)).toBe(true);
  expect(await needsVariables(engine(null), ABLATION)).toBe(false);
});

test('a loop is, if it asks a model or the loops that it starts do', async () => {
  const above = (task: typeof asking, below: typeof asking): LoopInput => ({
    ...loopInput('lift/x', task),
    research: ablationInput({ tasks: [below] }).research,
  });
  expect(await needsVariables(engine(null, above(silent, silent)), 'lift/x')).toBe(false);
  expect(await needsVariables(engine(null, above(silent, asking)), 'lift/x')).toBe(true);
  expect(await needsVariables(engine(null, above(asking, silent)), 'lift/x')).toBe(true);
  expect(await needsVariables(engine(null), 'lift/x')).toBe(false);
});

test('loops of an ablation are its tasks, those of its arms, and its searches with the loops below them', () => {
  const plain = ablationInput({ tasks: [silent] });
  expect(ablationAsksModels(plain)).toBe(false);
  expect(ablationAsksModels(ablationInput({ tasks: [asking] }))).toBe(true);
  const { loop: _loop, tag: _tag, ...search } = loopInput('lift/x', asking);
  expect(ablationAsksModels({ ...plain, searches: { B: { ...search, research: plain.research } } })).toBe(
    true,
  );
});
