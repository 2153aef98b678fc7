import { UserError } from '../../contract/user-error.js';
import { ensureDevices } from '../../embedded/index.js';
import { openRepository } from '../../storage/git/repository.js';
import { wholeNumber } from '../arguments.js';
import { BUDGET_FLAGS, budgetFromFlags } from '../budget-flags.js';
import { defineCommand } from '../command.js';
import { settingsOf, withLedger } from '../engine.js';
import { experimentNumber } from '../experiment-argument.js';
import { matchLoop } from '../find-loop.js';
import { runLoop } from '../run-loop.js';
import { checkProposers } from '../task/check-proposers.js';
import { overrideTask } from '../task/override-task.js';
import { candidateRef } from '../../contract/names.js';

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
    ...BUDGET_FLAGS,
    concurrency: { type: 'string', description: 'experiments at a time', valueHint: 'n' },
    proposer: { type: 'string', description: 'mutate, openai or command', valueHint: 'kind' },
    detach: { type: 'boolean', alias: 'd', description: 'start the loop and return' },
    json: { type: 'boolean', description: 'one JSON object a line' },
  },
  examples: [
    ['autolift fork sine/nov21 17', 'go on from experiment 17'],
    ['autolift fork sine/nov21 17 --tag wide --experiments 200', 'under another name and budget'],
  ],
  notes: ['The evaluator stays the one of the old loop; budgets count from zero.'],
  run: async ({ loop: wanted, experiment, tag, concurrency, proposer, detach, json, ...flags }, terminal) => {
    const settings = settingsOf(terminal);
    const number = experimentNumber(experiment);
    const overrides = {
      budget: budgetFromFlags(flags),
      concurrency: wholeNumber(concurrency, '--concurrency'),
      proposer,
    };
    const { loop: old, experiments } = await withLedger(settings, async (ledger) => {
      const loop = matchLoop(
        wanted,
        (await ledger.loops()).map((row) => row.loop),
      );
      const record = await ledger.record(loop);
      if (record === null) throw new UserError('it has no record', loop, '`autolift loops` lists the loops.');
      return record;
    });
    const row = experiments.find((candidate) => candidate.experiment === number);
    const commit = number === 0 ? old.input.source.baseCommit : row?.commit;
    if (commit == null)
      throw new UserError(
        row === undefined
          ? `it has no experiment ${String(number)}`
          : `experiment ${String(number)} has no commit (${row.outcome})`,
        old.loop,
        `\`autolift export ${old.loop}\` lists its experiments.`,
      );
    const repository = await openRepository(old.input.source.repository);
    if ((await repository.resolve(commit)) === null)
      throw new UserError(
        `the commit ${commit.slice(0, 12)} is gone`,
        old.input.source.repository,
        `Was ${candidateRef(old.loop, number)} deleted?`,
      );
    // the same seed would propose again what the old loop has tried
    const seed = old.input.task.seed + number + 1;
    const task = { ...overrideTask(old.input.task, overrides), seed };
    const failed = row !== undefined && row.value === null;
    const notices = [
      ...(failed
        ? [`experiment ${String(number)} ended without a score (${row.outcome}): so may this loop's baseline`]
        : []),
      ...(await checkProposers({ task, taskFile: old.loop }, terminal.env)),
    ];
    const { notices: engineNotices } = await ensureDevices(settings, task.concurrency);
    const source = { ...old.input.source, baseCommit: commit };
    const forkedFrom = { loop: old.loop, experiment: number };
    return runLoop(
      { input: { level: old.input.level, task, source, forkedFrom }, repository, asked: tag },
      {
        settings,
        terminal,
        notices: [...notices, ...engineNotices],
        detach: detach === true,
        json: json === true,
      },
    );
  },
});
