import { expect, test } from 'vitest';
import { budgetFromFlags } from '../../../src/cli/budget-flags.js';
import { openingLines } from '../../../src/cli/opening-line.js';
import { overrideTask } from '../../../src/cli/task/override-task.js';
import { taskSchema } from '../../../src/contract/task-schema.js';
import { baselineRuns } from '../../../src/domain/noise/baseline-runs.js';

const task = taskSchema.parse({
  name: 'sine',
  editable: ['train.py'],
  run: { command: 'python3 train.py' },
  measure: { metric: { name: 'mse', direction: 'minimize' } },
  proposer: { kind: 'openai', model: 'm1' },
  budget: { experiments: 100, dollars: 5 },
});
const nothing = { budget: {}, concurrency: undefined, proposer: undefined };

test('flags of the budget are read with their units', () => {
  expect(budgetFromFlags({ experiments: '40', 'wall-clock': '8h', 'device-hours': '1.5' })).toEqual({
    experiments: 40,
    wallClock: 28_800,
    deviceHours: 1.5,
  });
  expect(budgetFromFlags({})).toEqual({});
  expect(() => budgetFromFlags({ dollars: '-1' })).toThrow('"-1" is not a number above 0');
  expect(() => budgetFromFlags({ 'wall-clock': 'soon' })).toThrow('"soon" is not a time');
});

test('what is named on the command line replaces what task.yaml says, and nothing else', () => {
  const acceptance = { ...task.acceptance, falseKeeps: 0.2 };
  expect(overrideTask(task, nothing)).toEqual({ ...task, acceptance });
  expect(overrideTask(task, { ...nothing, budget: { experiments: 3 } }).budget).toEqual({
    experiments: 3,
    dollars: 5,
  });
});

test('another proposer is taken from task.yaml if it is there, else made with its defaults', () => {
  expect(overrideTask(task, { ...nothing, proposer: 'mutate' }).proposer).toEqual({
    kind: 'mutate',
    weight: 1,
    edits: 1,
  });
  expect(overrideTask(task, { ...nothing, proposer: 'openai' }).proposer).toEqual(task.proposer);
  expect(() => overrideTask(task, { ...nothing, proposer: 'command' })).toThrow(
    'no proposer of kind command',
  );
  expect(() => overrideTask(task, { ...nothing, proposer: 'magic' })).toThrow('"magic" is not a proposer');
});

test('the opening says what will be done, and that mutate learns nothing', () => {
  const mutating = overrideTask(task, { ...nothing, proposer: 'mutate', concurrency: 2 });
  expect(openingLines({ loop: 'sine/nov21', task: mutating }, 'bubblewrap')).toMatchInlineSnapshot(`
    "sine/nov21: minimize mse
      proposer mutate (changes literals at random; it learns nothing)
      keeps    branch+promote (a test every 20 candidates, 5 % false promotions)
      budget   100 experiments, $5; 2 at a time on cpu
      sandbox  bubblewrap"
  `);
});

test('a loop that names no rate of false keeps is held to the usual one, so that strict has its noise measured', () => {
  const asked = (acceptance: object) =>
    overrideTask(taskSchema.parse({ ...task, acceptance }), nothing).acceptance;
  expect(asked({ rule: 'strict' }).falseKeeps).toBe(0.2);
  expect(baselineRuns(asked({ rule: 'strict' }))).toBe(3);
  expect(baselineRuns(asked({ rule: 'strict', repeats: 1 }))).toBe(3);
  expect(baselineRuns(asked({ rule: 'strict', falseKeeps: 1 }))).toBe(1);
  expect(asked({ rule: 'strict', falseKeeps: 0.01 }).falseKeeps).toBe(0.01);
  expect(asked({ rule: 'sprt', alpha: 0.4 }).falseKeeps).toBe(0.4);
});

test('a lift, whose test needs no noise that was known before, is held to no rate', () => {
  const { acceptance } = overrideTask(taskSchema.parse({ ...task, acceptance: { rule: 'lift' } }), nothing);
  expect(acceptance.falseKeeps).toBeUndefined();
  expect(baselineRuns(acceptance)).toBe(1);
});
