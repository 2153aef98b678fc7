import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadTask } from '../../../../src/cli/task/load-task.js';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'autolift-task-')));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const message = async (yaml: string): Promise<string> => {
  await writeFile(path.join(folder, 'task.yaml'), yaml);
  const error: unknown = await loadTask(folder).then(
    () => 'accepted',
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message.replaceAll(folder, '<task>') : String(error);
};

const valid = `name: sine
editable: [train.py]
run: { command: python3 train.py }
measure: { command: python3 evaluate.py, metric: { name: mse, direction: minimize } }
`;

test('a task of four lines is loaded with its defaults', async () => {
  await writeFile(path.join(folder, 'task.yaml'), valid);
  const { task, warnings, taskFile } = await loadTask(folder);
  expect(task.run.budget).toBe(60);
  expect(task.proposer).toEqual({ kind: 'mutate', weight: 1, edits: 1 });
  expect(warnings).toEqual([]);
  expect(taskFile).toBe(path.join(folder, 'task.yaml'));
  expect((await loadTask(taskFile)).task).toEqual(task);
});

test('a folder without task.yaml is told how to get one', async () => {
  await expect(loadTask(folder)).rejects.toThrow('there is no task.yaml in this folder');
  await writeFile(path.join(folder, 'task.yml'), valid);
  await expect(loadTask(folder)).rejects.toThrow('rename it to task.yaml');
  await expect(loadTask(path.join(folder, 'nowhere'))).rejects.toThrow('there is no such folder or file');
});

test('an unknown key is shown with the key that was probably meant, and nothing else', async () => {
  expect(await message(`${valid}budgt: { experiments: 3 }\n`)).toMatchInlineSnapshot(`
    "<task>/task.yaml: line 5: unknown key "budgt" — did you mean "budget"?
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
  expect(await message(valid.replace('command: python3 train.py', 'comand: x'))).toMatchInlineSnapshot(`
    "<task>/task.yaml: line 3: run: unknown key "comand" — did you mean "command"?
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
});

test('a known key at the wrong place is shown its place', async () => {
  expect(await message(`${valid}timeout: 5m\n`)).toMatchInlineSnapshot(`
    "<task>/task.yaml: line 5: unknown key "timeout" — it belongs at run.timeout or measure.timeout
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
});

test('an unknown key that resembles nothing is answered with the known ones', async () => {
  expect(await message(`${valid}stop: { frobnicate: 1 }\n`)).toMatchInlineSnapshot(`
    "<task>/task.yaml: line 5: stop: unknown key "frobnicate"; known here: target, plateau
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
});

test('all problems of a file are told at once, each with its line', async () => {
  expect(
    await message(`name: My Task
editable: train.py
run:
  budget: 5 parsecs
  device: 3
  env: { THREADS: 4 }
measure:
  metric: { name: mse, direction: min }
guards: [pytest -q]
proposer:
  - kind: mutat
  - { kind: openai, timeout: soon, models: gpt }
budget: { experiments: 0.5 }
acceptance: { rule: strikt, minEffect: lots }
concurrency: 1000
`),
  ).toMatchInlineSnapshot(`
    "<task>/task.yaml: 15 problems
      - line 1: name: "My Task" is not accepted; use lower-case letters, digits, dots and dashes
      - line 2: editable: must be a list, not "train.py"; write [train.py]
      - line 3: run.command: missing; it must be text (shell command, run in a fresh checkout of the candidate)
      - line 4: run.budget: "5 parsecs" is not a quantity; write it like 90s, 5m or 8h
      - line 5: run.device: must be text or a list, not 3
      - line 6: run.env.THREADS: must be text, not 4; write "4"
      - line 8: measure.metric.direction: must be one of minimize, maximize, not "min"
      - line 9: guards[0]: must be a block with the key command, not "pytest -q"; write { command: pytest -q }
      - line 11: proposer[0].kind: must be one of mutate, openai, command, sweep, research, not "mutat" — did you mean "mutate"?
      - line 12: proposer[1].models: must be a list, not "gpt"
      - line 12: proposer[1].timeout: "soon" is not a quantity; write it like 90s, 5m or 8h
      - line 13: budget.experiments: must be a whole number above 0, not 0.5
      - line 14: acceptance.rule: must be one of strict, floor, confirm, paired-t, sprt, screen+sprt, intensify, race, halving, hyperband, branch+promote, lift, not "strikt" — did you mean "strict"?
      - line 14: acceptance.minEffect: "lots" is not an effect; write it like 0.001 or 0.5%
      - line 15: concurrency: must be a whole number from 1 to 256, not 1000
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
});

test('a missing key is told with what it must be', async () => {
  expect(await message('name: sine\neditable: []\nrun:\nmeasure: {}\n')).toMatchInlineSnapshot(`
    "<task>/task.yaml: 3 problems
      - line 2: editable: is empty; name at least one
      - line 3: run: is empty; it must be a block with the key command
      - line 4: measure.metric: missing; it must be a block with the keys name, direction (what decides)
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
});

test('a bad duration is told how durations are written', async () => {
  expect(await message(`${valid}budget: { wallClock: eight hours }\n`)).toMatchInlineSnapshot(`
    "<task>/task.yaml: line 5: budget.wallClock: "eight hours" is not a quantity; write it like 90s, 5m or 8h
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
  expect(await message(`${valid}budget: { wallClock: -5 }\n`)).toMatchInlineSnapshot(`
    "<task>/task.yaml: line 5: budget.wallClock: must be a number above 0, or text with its unit, not -5
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
});

test('broken YAML is told with line and column', async () => {
  expect(await message('name: sine\nrun: { command: a: b\n')).toMatchInlineSnapshot(`
    "<task>/task.yaml:2:17: not valid YAML: Block collections are not allowed within flow collections
        run: { command: a: b
                        ^
      Mend this line; indent with spaces, and quote text that holds ": " or " #"."
  `);
  expect(await message('name: sine\nname: cosine\n')).toMatchInlineSnapshot(`
    "<task>/task.yaml:2:1: not valid YAML: Map keys must be unique
        name: sine
        name: cosine
        ^
      Mend this line; indent with spaces, and quote text that holds ": " or " #"."
  `);
});

test('a file that holds no keys is told so', async () => {
  expect(await message('# nothing\n')).toMatchInlineSnapshot(`
    "<task>/task.yaml: the file is empty
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
  expect(await message('- a\n- b\n')).toMatchInlineSnapshot(`
    "<task>/task.yaml: must hold keys, one a line, like "name: sine"
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
});

test('what is allowed but hardly meant is a warning', async () => {
  await writeFile(
    path.join(folder, 'task.yaml'),
    `name: sine
editable: [train.py]
run: { command: python3 train.py, budget: 20s, timeout: 10s }
measure: { metric: { name: mse, direction: minimize, key: a.b } }
budget: {}
`,
  );
  expect((await loadTask(folder)).warnings).toMatchInlineSnapshot(`
    [
      "run.timeout (10s) is not longer than run.budget (20s): a run that uses its budget is killed",
      "measure.command is not set: the score is the one that the candidate prints (reported, not measured)",
      "measure.metric.key has no effect without measure.metric.file",
      "budget is empty: the loop runs until somebody stops it",
    ]
  `);
});

test('a glob without quotes is told to be quoted', async () => {
  expect(await message(valid.replace('train.py]', 'train.py, *.cfg]'))).toMatchInlineSnapshot(`
    "<task>/task.yaml: not valid YAML: *.cfg is an alias that nothing defines
      Quote globs: "*.cfg"."
  `);
});

test('options that the rule does not read are refused, each with the rules that do', async () => {
  const acceptance =
    'acceptance: { rule: strict, k: 3, minEffect: 1%, repeats: 5,\n  bound: 2, falseKeeps: 1 }';
  expect(await message(`${valid}${acceptance}\n`)).toMatchInlineSnapshot(`
    "<task>/task.yaml: 2 problems
      - line 5: acceptance.k: the rule strict does not read "k"; floor does
      - line 6: acceptance.bound: the rule strict does not read "bound"; sprt, screen+sprt, branch+promote, race, halving and hyperband do
      schema/task.schema.json describes every key; \`autolift init\` writes a task.yaml to start from."
  `);
  expect(await message(`${valid}acceptance: { margin: 2, nmax: 12, share: true }\n`)).toBe('accepted');
});
