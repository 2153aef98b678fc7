import { FILL_IN, type Draft } from './draft.js';
import { findBudget, findGuards, findUntracked } from './find-limits.js';
import { findMetric, type FoundMetric } from './find-metric.js';
import { commandFor, findScripts, type Scripts } from './find-scripts.js';
import type { FolderView } from './folder-view.js';

const INSTRUCTIONS = [
  'program.md',
  'INSTRUCTIONS.md',
  'instructions.md',
  'prompt.md',
  'AGENTS.md',
  'CLAUDE.md',
];

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 63) || 'task';

const openQuestions = (view: FolderView, scripts: Scripts, metric: FoundMetric | null): string[] => {
  const open: string[] = [];
  const text = scripts.artifact === null ? '' : view.text(scripts.artifact);
  if (scripts.artifact === null)
    open.push(
      'editable, run.command: no file looks like the one to improve (train.py, solution.py, main.py, …)',
    );
  if (metric === null)
    open.push(
      'measure.metric: nothing prints `METRIC:name=value` or `name: value`; name what your program prints',
    );
  else if (!metric.sure)
    open.push(
      `measure.metric.direction: is a smaller ${metric.name} better? "${metric.direction}" is a guess`,
    );
  if (/\bcuda\b/i.test(text))
    open.push(
      `run.device: ${scripts.artifact ?? ''} uses CUDA; name the class that your GPU worker announces`,
    );
  if (/\buv run\b/.test(commandFor(view, scripts.artifact)) && !view.has('.venv'))
    open.push('run.read: there is no .venv yet; run `uv sync`, then add it as `read: [.venv]`');
  if (scripts.evaluator === null)
    open.push(
      'measure.command: no evaluator was found, so the score that the program prints is believed (reported, not measured)',
    );
  return open;
};

/** Works out a task from what is in a folder; guesses are said, never hidden. */
export const draftTask = (view: FolderView): Draft => {
  const scripts = findScripts(view);
  const order = [scripts.evaluator, scripts.artifact, 'prepare.py'].filter((file) => file !== null);
  const metric = findMetric(view, order);
  const budget = findBudget(view, ['prepare.py', ...order]);
  const read = findUntracked(view, order);
  const instructions = INSTRUCTIONS.find((file) => view.has(file)) ?? null;
  const draft: Draft = {
    name: slug(view.name),
    editable: [scripts.artifact ?? FILL_IN],
    instructions,
    runCommand: commandFor(view, scripts.artifact),
    budget: budget?.budget ?? '60s',
    read: read.map(({ path }) => path),
    measureCommand: scripts.evaluator === null ? null : commandFor(view, scripts.evaluator),
    metric: { name: metric?.name ?? FILL_IN, direction: metric?.direction ?? 'minimize' },
    guards: findGuards(view),
    evidence: [],
    open: openQuestions(view, scripts, metric),
  };
  const say = (key: string, value: string | null | undefined, because: string): void => {
    if (value !== null && value !== undefined) draft.evidence.push({ key, value, because });
  };
  say('editable', scripts.artifact, scripts.artifactBecause);
  say('instructions', instructions, 'a file of this name');
  if (scripts.artifact !== null) say('run.command', draft.runCommand, reasonOfCommand(draft.runCommand));
  say('run.budget', budget?.budget, budget?.because ?? '');
  for (const { path, because } of read) say('run.read', path, because);
  say('measure.command', draft.measureCommand, `a file called ${scripts.evaluator ?? ''}`);
  if (metric !== null) say('measure.metric', `${metric.name}, ${metric.direction}`, metric.because);
  for (const guard of draft.guards) say('guards', guard, 'written as a comment: remove the # to require it');
  return draft;
};

const reasonOfCommand = (command: string): string =>
  command.startsWith('uv ')
    ? 'pyproject.toml and uv.lock'
    : command.startsWith('.venv/')
      ? 'the .venv of this folder'
      : "the file's language";
