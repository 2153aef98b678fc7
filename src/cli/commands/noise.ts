import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { noiseReport } from '../../domain/noise/noise-report.js';
import { noiseText } from '../../report/terminal/noise-text.js';
import { positiveNumber, wholeNumber } from '../arguments.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';
import { measureNoise } from '../noise/measure-noise.js';
import { readStudy, saveStudy } from '../noise/saved-study.js';
import { loadTask } from '../task/load-task.js';

/** Seeds, each run twice, where nobody says otherwise: nine degrees of freedom between them. */
const REPEATS = 10;
const FEWEST = 3;

const shareOf = (text: string | undefined): number | undefined => {
  const target = positiveNumber(text, '--target', '0.05');
  if (target !== undefined && target >= 1)
    throw new UserError(`"${String(text)}" is not a share`, '--target', 'Write it like --target 0.05.');
  return target;
};

/** A saved study has no runs left to make, and a target is one of the self-test: told rather than left unread. */
const checkRead = (flags: {
  from: string | undefined;
  real: string | undefined;
  repeats: string | undefined;
  target: string | undefined;
  selfTest: boolean;
}): void => {
  const { from, real, repeats, target, selfTest } = flags;
  if (from !== undefined && real !== undefined)
    throw new UserError(
      '--from runs nothing, so that no copies can be judged by real runs',
      '--real',
      'Leave --from out to run them, or --real to simulate copies with the noise of the saved study.',
    );
  if (from !== undefined && repeats !== undefined)
    throw new UserError(
      '--from runs nothing: it has the runs of the saved study',
      '--repeats',
      'Leave one out.',
    );
  if (target !== undefined && !selfTest)
    throw new UserError('only the self-test has a target', '--target', 'Add --self-test.');
};

export const noise = defineCommand({
  name: 'noise',
  description:
    "Measure a task's noise by running the unchanged artifact, and recommend how candidates are accepted",
  args: {
    folder: { type: 'positional', default: '.', description: 'folder with task.yaml, or the file itself' },
    repeats: { type: 'string', description: 'seeds, each run twice; default: 10', valueHint: 'n' },
    'self-test': { type: 'boolean', description: "how often the task's rule keeps copies of the incumbent" },
    real: { type: 'string', description: 'self-test: so many copies on real runs too', valueHint: 'n' },
    target: { type: 'string', description: 'self-test: accepted share of kept copies', valueHint: 'share' },
    from: { type: 'string', description: 'read a saved study, run nothing', valueHint: 'file' },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift noise examples/sorting', 'twenty runs of the unchanged artifact'],
    ['autolift noise . --repeats 20 --self-test', 'and whether the rule in task.yaml can be trusted'],
    ['autolift noise . --self-test --real 20', 'twenty copies judged by real runs'],
    ['autolift noise . --self-test --from noise.json', 'another rule on the same runs'],
  ],
  notes: [
    'Exit code 1 if the self-test keeps more copies than it may. The runs are saved beside the reports.',
    'Ctrl-C leaves the study running; the same command joins it again.',
  ],
  run: async ({ folder, repeats, real, target, from, json, 'self-test': asked }, terminal) => {
    const settings = settingsOf(terminal);
    const clones = wholeNumber(real, '--real') ?? 0;
    const share = shareOf(target);
    const selfTest = asked === true || clones > 0;
    checkRead({ from, real, repeats, target, selfTest });
    const seeds = wholeNumber(repeats, '--repeats', FEWEST) ?? REPEATS;
    const loaded = await loadTask(path.resolve(terminal.cwd, folder));
    const result =
      from === undefined
        ? await measureNoise(settings, { loaded, repeats: seeds, clones, quiet: json === true }, terminal)
        : await readStudy(path.resolve(terminal.cwd, from), loaded.task.name);
    if (result === null) {
      terminal.err('Detached; the study goes on, and the same command joins it.');
      return EXIT.ok;
    }
    const report = noiseReport(loaded.task, result, {
      selfTest,
      ...(share === undefined ? {} : { target: share }),
    });
    const saved = from === undefined ? await saveStudy(settings, report) : null;
    terminal.out(json === true ? JSON.stringify(report, null, 2) : noiseText(report));
    if (saved !== null && json !== true) terminal.out(`\nThe runs are in ${saved}`);
    return report.selfTest?.holds === false ? EXIT.failed : EXIT.ok;
  },
});
