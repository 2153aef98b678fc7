import { expect, test } from 'vitest';
import { project } from '../../../../src/domain/method/project.js';
import { taskWith } from '../../../support/loop-input.js';
import { methodWith } from '../../../support/method-files.js';

test('an empty method leaves the task as it is', () => {
  const task = taskWith({ stop: { plateau: 7 }, ahead: 2 });
  expect(project(methodWith(), task).task).toEqual(task);
});

test('what a method says of acceptance goes into the rule, and the rest of the rule stays', () => {
  const task = taskWith({ acceptance: { rule: 'strict', falseKeeps: 0.1, nmax: 9 } });
  const method = methodWith({
    'process/process.yaml': 'acceptance: { rule: sprt, alpha: 0.1 }',
    'objective/objective.yaml': 'minEffect: 0.5%',
  });
  expect(project(method, task).task.acceptance).toMatchObject({
    rule: 'sprt',
    alpha: 0.1,
    nmax: 9,
    falseKeeps: 0.1,
    minEffect: { value: 0.005, relative: true },
  });
});

test('models, temperature and retries are those of the method, the server and prices those of the task', () => {
  const task = taskWith({
    proposer: [
      { kind: 'mutate', weight: 1 },
      { kind: 'openai', model: 'old', prices: { old: { input: 1, output: 2 } }, timeout: '9s' },
    ],
  });
  const method = methodWith({
    'agent/agent.yaml': 'models: [{ name: new }]\ntemperature: 0.2\nattempts: 5',
    'process/process.yaml': 'exploration: { edits: 3, weights: { openai: 4 } }',
  });
  expect(project(method, task).task.proposer).toEqual([
    { kind: 'mutate', weight: 1, edits: 3 },
    expect.objectContaining({
      kind: 'openai',
      weight: 4,
      models: [{ name: 'new', weight: 1 }],
      temperature: 0.2,
      attempts: 5,
      timeout: 9,
      prices: { old: { input: 1, output: 2 } },
    }),
  ]);
  expect(project(method, task).task.proposer).not.toHaveProperty('1.model');
});

test('a proposer of weight 0 is silent, unless all of them would be', () => {
  const task = taskWith({ proposer: [{ kind: 'mutate', weight: 2 }, { kind: 'openai' }] });
  const silent = methodWith({ 'process/process.yaml': 'exploration: { weights: { openai: 0 } }' });
  expect(project(silent, task).task.proposer).toMatchObject([{ kind: 'mutate' }]);
  const all = methodWith({ 'process/process.yaml': 'exploration: { weights: { openai: 0, mutate: 0 } }' });
  expect(project(all, task).task.proposer).toMatchObject([{ weight: 2 }, { weight: 1 }]);
});

test('a method may ask for a person, and may not send one away', () => {
  const asks = methodWith({ 'objective/objective.yaml': 'approval: true' });
  const refuses = methodWith({ 'objective/objective.yaml': 'approval: false' });
  expect(project(asks, taskWith()).task.approval).toBe(true);
  expect(project(refuses, taskWith({ approval: true })).task.approval).toBe(true);
});
