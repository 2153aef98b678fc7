import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../../../src/cli/run-cli.js';
import { loadTask } from '../../../../src/cli/task/load-task.js';
import { fakeTerminal } from '../fake-terminal.js';

let folder: string;
beforeEach(async () => {
  folder = path.join(await realpath(await mkdtemp(path.join(os.tmpdir(), 'autolift-init-'))), 'My Project');
  await mkdir(folder);
});
afterEach(async () => {
  await rm(path.dirname(folder), { recursive: true });
});

const put = async (files: Record<string, string>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
};

const init = async (...flags: string[]) => {
  const terminal = fakeTerminal(folder);
  const code = await runCli(['init', ...flags], terminal);
  const yaml = await readFile(path.join(folder, 'task.yaml'), 'utf8').catch(() => '');
  const text = (lines: string[]): string => lines.join('\n').replaceAll(folder, '<folder>');
  return { code, yaml, out: text(terminal.printed), err: text(terminal.said) };
};

const KARPATHY = {
  'program.md': '# program\nChange train.py.\n',
  'prepare.py':
    'TIME_BUDGET = 300  # seconds\nCACHE_DIR = os.path.join(os.path.expanduser("~"), ".cache", "autoresearch")\n',
  'train.py':
    'print("---")\nprint(f"val_bpb:          {val_bpb:.6f}")\nprint(f"peak_vram_mb: {mb:.1f}")\ntorch.cuda.synchronize()\n',
  'pyproject.toml': '[project]\nname = "autoresearch"\n',
  'uv.lock': '',
  '.venv/bin/python': '',
};

test('a checkout in the layout of karpathy/autoresearch becomes a task of few lines', async () => {
  await put(KARPATHY);
  const { code, yaml, out } = await init();
  expect(code).toBe(0);
  expect(yaml).toMatchInlineSnapshot(`
    "name: my-project
    goal: ""                                 # one sentence for people and models
    editable: [train.py]                     # globs: a proposal may change these and nothing else
    instructions: program.md
    run:
      command: uv run --no-sync train.py
      budget: 5m                             # given to it as AUTOLIFT_BUDGET_SECONDS
      read: [.venv, ~/.cache/autoresearch]   # what it reads that git does not hold
    measure:
      metric: { name: val_bpb, direction: minimize }
    proposer: { kind: mutate }               # no model; else { kind: openai, model: … } or { kind: command, … }
    budget: { experiments: 20 }              # also wallClock, deviceHours, dollars, tokens
    "
  `);
  expect(out).toMatchInlineSnapshot(`
    "wrote <folder>/task.yaml
      editable: train.py                      (program.md, prepare.py and train.py: the layout of karpathy/autoresearch)
      instructions: program.md                (a file of this name)
      run.command: uv run --no-sync train.py  (pyproject.toml and uv.lock)
      run.budget: 5m                          (TIME_BUDGET in prepare.py)
      run.read: .venv                         (the installed packages)
      run.read: ~/.cache/autoresearch         (named in prepare.py)
      measure.metric: val_bpb, minimize       (printed at train.py:2)

    Check or fill in:
      - first of all, this folder is not in a git repository: make it one: git init && git add -A && git commit -m "start"
      - run.device: train.py uses CUDA; name the class that your GPU worker announces
      - measure.command: no evaluator was found, so the score that the program prints is believed (reported, not measured)

    Then: \`autolift run\`"
  `);
  const { task } = await loadTask(folder);
  expect(task.run).toMatchObject({ budget: 300, read: ['.venv', '~/.cache/autoresearch'] });
  expect(task.measure.metric).toEqual({ name: 'val_bpb', direction: 'minimize' });
});

test('an evaluator beside the artifact is protected, and test commands are offered as guards', async () => {
  await put({
    'solution.py': 'def sort(xs): return sorted(xs)\n',
    'evaluate.py': 'import solution\nprint(f"METRIC:ops_per_s={ops}")\n',
    'tests/test_sort.py': '',
    'package.json': '{"scripts":{"test":"vitest run"}}',
    Makefile: 'test:\n\tpytest\n',
  });
  const { yaml } = await init();
  expect(yaml).toMatchInlineSnapshot(`
    "name: my-project
    goal: ""                                 # one sentence for people and models
    editable: [solution.py]                  # globs: a proposal may change these and nothing else
    run:
      command: python3 solution.py
      budget: 60s                            # given to it as AUTOLIFT_BUDGET_SECONDS
    measure:
      command: python3 evaluate.py           # protected: runs from the base commit
      metric: { name: ops_per_s, direction: maximize }
    # guards: [{ command: npm test }, { command: python3 -m pytest -q }, { command: make test }] # must pass for a keep
    proposer: { kind: mutate }               # no model; else { kind: openai, model: … } or { kind: command, … }
    budget: { experiments: 20 }              # also wallClock, deviceHours, dollars, tokens
    "
  `);
  const { task, warnings } = await loadTask(folder);
  expect(task.measure).toMatchObject({
    command: 'python3 evaluate.py',
    metric: { name: 'ops_per_s', direction: 'maximize' },
  });
  expect(warnings).toEqual([]);
});

test('what an evaluator imports is what it scores', async () => {
  await put({
    'packing.py': 'circles = []\n',
    'verify.py': 'from packing import circles\nprint("radii:", 1)\n',
  });
  await init();
  const { task } = await loadTask(folder);
  expect(task.editable).toEqual(['packing.py']);
  expect(task.measure.metric).toEqual({ name: 'radii', direction: 'maximize' });
});

test('what cannot be seen is marked and asked for, not invented', async () => {
  await put({ 'notes.txt': 'nothing here\n' });
  const { code, yaml, out } = await init();
  expect(code).toBe(0);
  expect(yaml).toContain('editable: [FILL_ME_IN]');
  expect(out).toMatchInlineSnapshot(`
    "wrote <folder>/task.yaml

    Check or fill in:
      - first of all, this folder is not in a git repository: make it one: git init && git add -A && git commit -m "start"
      - editable, run.command: no file looks like the one to improve (train.py, solution.py, main.py, …)
      - measure.metric: nothing prints \`METRIC:name=value\` or \`name: value\`; name what your program prints
      - measure.command: no evaluator was found, so the score that the program prints is believed (reported, not measured)

    Then: \`autolift run\`"
  `);
});

test('a task.yaml that is there is kept unless --force is given', async () => {
  await put({ 'task.yaml': 'name: mine\n', 'train.py': 'print(f"loss: {loss}")\n' });
  const refused = await init();
  expect(refused.code).toBe(2);
  expect(refused.err).toMatchInlineSnapshot(`
    "<folder>/task.yaml: there is a task.yaml already
      Keep it, or overwrite it with --force."
  `);
  expect(refused.yaml).toBe('name: mine\n');
  expect((await init('--force')).yaml).toContain('name: my-project');
});

test('the findings can be read by a program', async () => {
  await put(KARPATHY);
  const found = JSON.parse((await init('--json')).out) as { evidence: { key: string }[]; open: string[] };
  expect(found.evidence.map(({ key }) => key)).toContain('measure.metric');
  expect(found.open.join()).toContain('CUDA');
});

test('a folder that is not in a repository is told the git step before anything else', async () => {
  await put(KARPATHY);
  const { out } = await init();
  expect(out).toMatch(
    /Check or fill in:\n {2}- first of all, .*not in a git repository.*git init && git add/,
  );
  execFileSync('git', ['init', '-q'], { cwd: folder });
  expect((await init('--force')).out).toContain('first of all, the repository has no commit yet');
});
