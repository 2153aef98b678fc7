import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { environmentChanges, evaluatorEnvironment } from '../../storage/evaluator/environment.js';
import { experimentNumber } from '../experiment-argument.js';
import { findForkPoint } from '../fork-point.js';
import { classNotices, forkTask, takenOver } from '../fork-task.js';
import { LOOP_FLAGS, overridesFromFlags } from '../loop-flags.js';
import { runLoop } from '../run-loop.js';
import { checkProposers } from '../task/check-proposers.js';

export const fork = defineCommand({
  name: 'fork',
  description: 'Start a new loop from any experiment of an old one, kept or not',
  args: {
    loop: { type: 'positional', required: true, description: 'id of the old loop' },
    experiment: {
      type: 'positional',
      required: true,
      description: 'number of the experiment; 0: its baseline',
    },
    tag: { type: 'string', description: 'names the new loop and its branch; default: today' },
    device: {
      type: 'string',
      description: "device class, or several in order of preference; default: the old loop's",
      valueHint: 'classes',
    },
    ...LOOP_FLAGS,
  },
  examples: [
    ['autolift fork sine/nov21 17', 'go on from experiment 17'],
    ['autolift fork sine/nov21 17 --tag wide --experiments 200', 'under another name and budget'],
    ['autolift fork sine/nov21 17 --device h100,a100', 'on another device class, with a baseline of its own'],
  ],
  notes: [
    'Task and evaluator stay those of the old loop, whatever task.yaml says by now: flags change what they name.',
    'Budgets count from zero, and the baseline is measured anew.',
  ],
  run: async ({ loop: wanted, experiment, tag, device, detach, json, ...flags }, terminal) => {
    const settings = settingsOf(terminal);
    const number = experimentNumber(experiment);
    const overrides = overridesFromFlags(flags);
    const {
      old,
      repository,
      commit,
      forkedFrom,
      device: own,
      notices: found,
    } = await findForkPoint(settings, wanted, number);
    const task = forkTask(old.input, number, { ...overrides, device });
    const moves = classNotices(old.loop, own, task);
    const models = await checkProposers({ task, taskFile: old.loop }, terminal.env);
    const source = { ...old.input.source, baseCommit: commit };
    const now = await evaluatorEnvironment(repository, old.input.task, source);
    const parts = source.environment === undefined ? [] : environmentChanges(source.environment, now);
    const moved = `what the evaluator rests on has changed since (${parts.join(', ')}): scores of ${old.loop} can't be compared; \`autolift epoch ${old.loop}\` says by how much`;
    return runLoop(
      {
        input: {
          ...takenOver(old.input),
          task,
          source,
          forkedFrom,
        },
        repository,
        asked: tag,
      },
      {
        settings,
        terminal,
        notices: [...found, ...moves, ...models, ...(parts.length === 0 ? [] : [moved])],
        detach: detach === true,
        json: json === true,
      },
    );
  },
});
