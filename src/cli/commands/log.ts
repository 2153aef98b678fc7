import { UserError } from '../../contract/user-error.js';
import { byChildLoops } from '../../domain/research/by-child-loops.js';
import { studyText } from '../../report/terminal/study-text.js';
import { openArtifacts } from '../../workers/artifact-settings.js';
import { defineCommand } from '../command.js';
import { settingsOf, withLedger } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { experimentNumber } from '../experiment-argument.js';
import { findRecord } from '../find-record.js';

const nothing = (where: string): UserError =>
  new UserError('no output of it was kept', where, 'What printed nothing, or never ran, has none.');

export const log = defineCommand({
  name: 'log',
  description: 'Print what a run has written, whole, from the artifact store',
  args: {
    loop: { type: 'positional', required: true, description: 'id of the loop, or its task or tag' },
    experiment: {
      type: 'positional',
      required: true,
      description: 'number of the experiment; 0: its baseline',
    },
    evaluator: { type: 'boolean', description: "the evaluator's output instead of the candidate's" },
    run: { type: 'string', description: 'which of its runs, from 1; default: the last', valueHint: 'n' },
  },
  examples: [
    ['autolift log sine/nov21 17', 'the last run of experiment 17'],
    ['autolift log sine/nov21 17 --evaluator --run 1', 'what the evaluator said of the first one'],
    ['autolift log outer-loop/nov21 2', 'u of each child loop, of the candidate and beside it'],
  ],
  notes: [
    'Its hash is checked on the way. AUTOLIFT_ARTIFACTS says where the store is.',
    'At level R4 it prints what the child loops of each measurement came to; give the id of one for its runs.',
  ],
  run: async ({ loop: wanted, experiment, evaluator, run }, terminal) => {
    const settings = settingsOf(terminal);
    const number = experimentNumber(experiment);
    const record = await withLedger(settings, async (ledger) => findRecord(ledger, wanted));
    const where = `${record.loop.loop} #${String(number)}`;
    const runs = record.experiments.find((row) => row.experiment === number)?.measurements ?? [];
    const picked = run === undefined ? runs : runs.slice(experimentNumber(run) - 1, experimentNumber(run));
    if (picked.length > 0 && picked.every(byChildLoops)) {
      terminal.out(studyText(picked));
      return EXIT.ok;
    }
    const one = run === undefined ? runs.at(-1) : runs[experimentNumber(run) - 1];
    const blob = evaluator === true ? one?.evaluatorLog : one?.log;
    if (!blob) throw nothing(where);
    const content = await openArtifacts(settings.artifacts, settings.environment).get(blob.sha256);
    if (content === null)
      throw new UserError(
        `the artifact store has no ${blob.sha256}`,
        where,
        'AUTOLIFT_ARTIFACTS must be what it was when the run ended.',
      );
    terminal.out(content.toString().replace(/\n$/, ''));
    return EXIT.ok;
  },
});
