import path from 'node:path';
import { levelNumber } from '../../contract/lift-level.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { branchTaken } from '../launch.js';
import { LOOP_FLAGS, overridesFromFlags } from '../loop-flags.js';
import { freezeNotices } from '../method/freeze-notices.js';
import { checkHanded, handedAtBase } from '../method/handed-mechanism.js';
import { underMethod } from '../method/under-method.js';
import { UNCHECKED_FLAG } from '../method/unchecked-flag.js';
import { studyOf } from '../research/study-of.js';
import { runLoop } from '../run-loop.js';
import { loadTask } from '../task/load-task.js';
import { overrideTask } from '../task/override-task.js';
import { pickTag } from '../task/pick-tag.js';
import { preflight } from '../task/preflight.js';

export const run = defineCommand({
  name: 'run',
  description: 'Start what is missing, run a task, and follow it to the end of its budget',
  args: {
    folder: { type: 'positional', default: '.', description: 'folder with task.yaml, or the file itself' },
    tag: { type: 'string', description: 'names the loop and its branch autoresearch/<tag>; default: today' },
    method: {
      type: 'string',
      description: 'search as this method says: a folder, an exported file, or repo#commit:folder',
      valueHint: 'ref',
    },
    unchecked: UNCHECKED_FLAG,
    ...LOOP_FLAGS,
  },
  examples: [
    ['autolift run', 'the task in this folder'],
    ['autolift run examples/sine --experiments 40', 'with another budget'],
    ['autolift run . --concurrency 4 --detach', 'four at a time, in the background'],
    ['autolift run . --method method', 'as the files of ./method say'],
    ['autolift run . --proposer mutate --tag try1', 'without a model, as autoresearch/try1'],
  ],
  notes: [
    'Ctrl-C detaches: the loop goes on. `autolift watch` attaches again, `autolift stop` ends it.',
    'Your working tree and branches are not touched: kept commits are on the branch autoresearch/<tag>.',
  ],
  run: async ({ folder, tag, method: ref, unchecked, detach, json, ...flags }, terminal) => {
    const settings = settingsOf(terminal);
    const overrides = overridesFromFlags(flags);
    const loaded = await loadTask(path.resolve(terminal.cwd, folder));
    const { task: projected, unread, inForce, handed } = await underMethod(loaded.task, ref, terminal.cwd);
    const asked = overrideTask(projected, overrides);
    const local = settings.temporal.kind === 'embedded';
    const options = { home: settings.home, env: terminal.env, local };
    const cleared = await preflight({ ...loaded, task: asked }, options);
    const { repository } = cleared;
    const study = await studyOf({ ...loaded, task: asked }, options);
    const { task } = study;
    const source = { ...cleared.source, ...study.source };
    await pickTag({ asked: tag, now: new Date(), isTaken: branchTaken(repository, task.name) });
    if (task.research !== undefined) handed.push(...(await handedAtBase(repository, source)));
    const gates = await checkHanded(handed, unchecked === true, terminal);
    const frozen =
      inForce.method === undefined
        ? []
        : await freezeNotices(inForce.method.ref, inForce.method.policy, [{ task, source }]);
    const notices = [...unread, ...frozen, ...gates, ...cleared.notices, ...study.notices];
    const input = {
      level: levelNumber(task.level),
      task,
      source,
      forkedFrom: null,
      ...study.input,
      ...inForce,
    };
    return runLoop(
      { input, repository, asked: tag },
      { settings, terminal, notices, detach: detach === true, json: json === true },
    );
  },
});
