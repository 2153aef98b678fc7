import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { environmentChanges, evaluatorEnvironment } from '../../storage/evaluator/environment.js';
import { experimentNumber } from '../experiment-argument.js';
import { findForkPoint } from '../fork-point.js';
import { LOOP_FLAGS, overridesFromFlags } from '../loop-flags.js';
import { runLoop } from '../run-loop.js';
import { checkProposers } from '../task/check-proposers.js';
import { overrideTask } from '../task/override-task.js';

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
    ...LOOP_FLAGS,
  },
  examples: [
    ['autolift fork sine/nov21 17', 'go on from experiment 17'],
    ['autolift fork sine/nov21 17 --tag wide --experiments 200', 'under another name and budget'],
  ],
  notes: ['The evaluator stays the one of the old loop; budgets count from zero.'],
  run: async ({ loop: wanted, experiment, tag, detach, json, ...flags }, terminal) => {
    const settings = settingsOf(terminal);
    const number = experimentNumber(experiment);
    const overrides = overridesFromFlags(flags);
    const {
      old,
      repository,
      commit,
      forkedFrom,
      notices: found,
    } = await findForkPoint(settings, wanted, number);
    // the same seed would propose again what the old loop has tried
    const seed = old.input.task.seed + number + 1;
    const task = { ...overrideTask(old.input.task, overrides), seed };
    const models = await checkProposers({ task, taskFile: old.loop }, terminal.env);
    const source = { ...old.input.source, baseCommit: commit };
    const now = await evaluatorEnvironment(repository, old.input.task, source);
    const parts = source.environment === undefined ? [] : environmentChanges(source.environment, now);
    const moved = `what the evaluator rests on has changed since (${parts.join(', ')}): scores of ${old.loop} can't be compared; \`autolift epoch ${old.loop}\` says by how much`;
    return runLoop(
      {
        input: {
          level: old.input.level,
          task,
          source,
          forkedFrom,
          ...(old.input.method === undefined ? {} : { method: old.input.method }),
        },
        repository,
        asked: tag,
      },
      {
        settings,
        terminal,
        notices: [...found, ...models, ...(parts.length === 0 ? [] : [moved])],
        detach: detach === true,
        json: json === true,
      },
    );
  },
});
