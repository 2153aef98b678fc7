import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { loadTask } from '../../../../src/cli/task/load-task.js';
import { preflight } from '../../../../src/cli/task/preflight.js';
import { clear, refusal } from './clear-task.js';
import { SINE, sampleTask, type SampleTask } from './sample-task.js';

const made: SampleTask[] = [];
afterEach(() => {
  for (const task of made.splice(0)) task.remove();
});

const sine = (changes: Record<string, string> = {}): SampleTask => {
  const task = sampleTask({ ...SINE, ...changes });
  made.push(task);
  return task;
};

const edited = (from: string, to: string) => ({ 'task.yaml': SINE['task.yaml'].replace(from, to) });
const env = { PATH: process.env['PATH'] };

test('a committed task is cleared and pinned to its commit and evaluator', async () => {
  const task = sine();
  const head = task.commit();
  const { source, notices } = await clear(task);
  expect(source).toMatchObject({
    baseCommit: head,
    evaluatorCommit: head,
    prefix: '',
    taskFolder: task.folder,
  });
  expect(source.evaluatorHash).toMatch(/^[0-9a-f]{64}$/);
  expect(notices).toEqual([]);
});

test('a task in a subfolder knows its prefix', async () => {
  const task = sampleTask(
    Object.fromEntries(Object.entries(SINE).map(([name, text]) => [`tasks/sine/${name}`, text])),
  );
  made.push(task);
  task.commit();
  const { source } = await preflight(await loadTask(`${task.folder}/tasks/sine`), {
    home: task.folder,
    env,
    local: true,
  });
  expect(source.prefix).toBe('tasks/sine');
});

test('a folder outside of any repository is refused', async () => {
  expect(await refusal(sine())).toMatchInlineSnapshot(`
    "<task>: this folder is not in a git repository
      make it one: git init && git add -A && git commit -m "start""
  `);
});

test('a repository without a commit is refused', async () => {
  const task = sine();
  task.git('init', '-q');
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>: the repository has no commit yet
      commit the files of the task first: git add -A && git commit -m "start""
  `);
});

test('an editable glob that matches nothing is told with what is there', async () => {
  const task = sine(edited('[train.py]', '[model/*.py]'));
  task.commit();
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>/task.yaml: editable: [model/*.py] matches no file of the commit
      Files are named from the task's folder. Committed there: evaluate.py, task.yaml, train.py"
  `);
});

test('an editable file that is not committed is told to be committed', async () => {
  const task = sine(edited('[train.py]', '[model.py]'));
  task.commit();
  task.write({ 'model.py': '' });
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>/task.yaml: editable: [model.py] matches only files that are not committed: model.py
      Commit them first: a loop starts from a commit, not from the working folder."
  `);
});

test('an editable glob that covers the evaluator is refused with both names', async () => {
  const task = sine(edited('[train.py]', '["*.py"]'));
  task.commit();
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>/task.yaml: editable: [*.py] covers evaluate.py, which measure.command runs
      A proposal could then write its own score. Leave it out of editable."
  `);
});

test('an editable glob that covers the tests that score is refused', async () => {
  const task = sine({
    'task.yaml': SINE['task.yaml']
      .replace('[train.py]', '[train.py, "tests/**"]')
      .replace('python3 evaluate.py', 'python3 -m pytest tests'),
    'tests/test_a.py': '',
  });
  task.commit();
  expect(await refusal(task)).toContain('covers tests/test_a.py, which measure.command runs');
});

test('an evaluator may be given the edited file as an argument', async () => {
  const task = sine(edited('python3 evaluate.py', 'python3 evaluate.py train.py'));
  task.commit();
  expect((await clear(task)).notices).toEqual([]);
});

test('an editable glob that covers task.yaml is refused', async () => {
  const task = sine(edited('[train.py]', '["**"]'));
  task.commit();
  expect(await refusal(task)).toContain('covers task.yaml itself');
});

test('missing instructions are told', async () => {
  const task = sine({ 'task.yaml': `${SINE['task.yaml']}instructions: program.md\n` });
  task.commit();
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>/task.yaml: instructions: there is no file program.md
      Write it, or remove the key."
  `);
  task.write({ 'program.md': 'x' });
  expect(await refusal(task)).toContain('program.md is not committed');
});

test('a dirty tree is a notice, and an uncommitted task.yaml is none', async () => {
  const task = sine();
  const head = task.commit();
  task.write({ 'train.py': 'A = 2\n', 'notes.md': '' });
  expect((await clear(task)).notices).toEqual([
    `2 uncommitted files are not part of the loop; it starts from ${head.slice(0, 7)}`,
  ]);
  const fresh = sine();
  fresh.write({ '.gitignore': '' });
  fresh.git('init', '-q');
  fresh.git('add', 'train.py', 'evaluate.py', '.gitignore');
  fresh.git('commit', '-q', '-m', 'start');
  expect((await clear(fresh)).notices).toEqual([]);
});

const openai = () => sine({ 'task.yaml': `${SINE['task.yaml']}proposer: { kind: openai, model: m1 }\n` });

test('a model proposer without its key or model is told the variable', async () => {
  const task = openai();
  task.commit();
  expect(await refusal(task)).toMatchInlineSnapshot(`
    "<task>/task.yaml: proposer: OPENAI_API_KEY is not set
      Set it, or OPENAI_BASE_URL for a server that needs none. \`--proposer mutate\` needs neither."
  `);
  const nameless = sine({ 'task.yaml': `${SINE['task.yaml']}proposer: { kind: openai }\n` });
  nameless.commit();
  expect(await refusal(nameless, { OPENAI_API_KEY: 'k' })).toContain('no model is named');
});

test('a budget in dollars needs the price of the model', async () => {
  const task = sine({
    'task.yaml': `${SINE['task.yaml']}proposer: { kind: openai, model: m1 }\nbudget: { dollars: 1 }\n`,
  });
  task.commit();
  expect(await refusal(task, { OPENAI_API_KEY: 'k' })).toMatchInlineSnapshot(`
    "<task>/task.yaml: proposer.prices: budget.dollars is set, but the price of "m1" is unknown
      Add it in dollars per million tokens: prices: { "m1": { input: 1, output: 4 } }"
  `);
});

test('a model server that does not answer is told before anything starts', async () => {
  const task = openai();
  task.commit();
  const said = await refusal(task, { OPENAI_API_KEY: 'secret', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' });
  expect(said).toContain('model server http://127.0.0.1:9: cannot be reached');
  expect(said).not.toContain('secret');
  expect(await refusal(task, { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'localhost' })).toContain(
    'not an address',
  );
});

test('a wrong key is told; a server without a list of models is tolerated', async () => {
  const task = openai();
  task.commit();
  let status = 401;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 200 ? '{"data":[{"id":"m2"}]}' : '{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const more = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `http://127.0.0.1:${String(port)}/v1/` };
  try {
    expect(await refusal(task, more)).toContain('refuses the key (401)');
    status = 404;
    expect((await clear(task, more)).notices).toEqual([]);
    status = 200;
    expect((await clear(task, more)).notices).toEqual(['the model server does not list "m1"; it has m2']);
    expect(new Set(asked)).toEqual(new Set(['/v1/models']));
  } finally {
    server.close();
  }
});
