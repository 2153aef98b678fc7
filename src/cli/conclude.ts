import type { LoopRecord } from '../contract/ledger.js';
import { UserError } from '../contract/user-error.js';
import { finalSummary } from '../report/terminal/final-summary.js';
import { baselineAdvice } from './baseline-advice.js';
import type { Engine } from './engine.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Ending } from './follow.js';
import { ownCommand } from './own-command.js';
import { reportFile, uiAddress } from './places.js';
import { jsonLine } from './run-viewer.js';
import type { Terminal } from './terminal.js';
import { writeReport } from './write-report.js';

export interface Conclusion {
  loop: string;
  terminal: Terminal;
  json: boolean;
}

/** What the baseline printed last: the reader sees why no score came out. */
const endOfOutput = (baseline: LoopRecord['experiments'][number] | undefined): string => {
  const tail = baseline?.outcome === 'keep' ? '' : (baseline?.measurements.at(-1)?.tail.trim() ?? '');
  const lines = tail.split('\n').slice(-12);
  return tail === '' ? '' : ['\n  the end of its output:', ...lines].join('\n    ');
};

const failureOf = async (engine: Engine, loop: string, note: string): Promise<UserError> => {
  const record = await engine.ledger.record(loop);
  const baseline = record?.experiments.find(({ experiment }) => experiment === 0);
  return new UserError(
    `${note}${endOfOutput(baseline)}`,
    loop,
    baselineAdvice(record?.loop.input.task ?? null, baseline ?? null),
  );
};

/** A keep that was merged has the measured state as its first parent's line; the second would list it twice. */
const keptCommits = (branch: string, record: LoopRecord | null): string => {
  const base = record?.loop.input.source.baseCommit.slice(0, 12);
  return `git log --first-parent ${base === undefined ? '' : `${base}..`}${branch}`;
};

const tellDetached = ({ loop, terminal, json }: Conclusion): ExitCode => {
  const command = ownCommand(terminal);
  if (json) jsonLine(terminal, 'detached', { loop });
  else
    terminal.out(
      [
        '',
        `Detached; ${loop} goes on.`,
        `  attach:  ${command} watch ${loop}`,
        `  stop:    ${command} stop ${loop}`,
        `  servers: ${command} down`,
      ].join('\n'),
    );
  return EXIT.ok;
};

/** Tells how a loop ended and where its results are, and what that means for the exit code. */
export const conclude = async (engine: Engine, ending: Ending, about: Conclusion): Promise<ExitCode> => {
  const { loop, terminal, json } = about;
  if (ending.kind === 'detached') return tellDetached(about);
  const command = ownCommand(terminal);
  if (ending.kind === 'halted')
    throw new UserError(
      `it has paused itself: ${ending.note}`,
      loop,
      `Nothing is lost. Mend it, then \`${command} resume ${loop}\` (with this terminal's keys and addresses) and \`${command} watch ${loop}\`.`,
    );
  const record = await engine.ledger.record(loop);
  const { status, failure } = ending;
  if (failure !== null && status.baseline === null && status.spent.experiments === 0)
    throw await failureOf(engine, loop, failure);
  const report =
    record === null ? null : await writeReport(engine.settings, record, reportFile(engine.settings, loop));
  const ui = uiAddress(engine.settings, loop);
  const repository = record?.loop.input.source.taskFolder ?? record?.loop.input.source.repository ?? null;
  if (json) jsonLine(terminal, 'ended', { ...status, failure, report, ui });
  else
    terminal.out(
      [
        `\n${finalSummary(status, { ui, report, repository }, terminal.live)}\n`,
        `Kept commits: ${keptCommits(status.branch, record)}`,
        ...(engine.settings.temporal.kind === 'embedded'
          ? [`The servers keep running; \`${command} down\` stops them.`]
          : []),
      ].join('\n'),
    );
  return failure === null ? EXIT.ok : EXIT.failed;
};
