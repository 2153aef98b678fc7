import type { LoopRecord } from '../contract/ledger.js';
import { UserError } from '../contract/user-error.js';
import { finalSummary } from '../report/terminal/final-summary.js';
import { baselineAdvice } from './baseline-advice.js';
import type { Engine } from './engine.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Ending } from './follow.js';
import { reportFile, uiAddress } from './places.js';
import { jsonLine } from './run-viewer.js';
import type { Terminal } from './terminal.js';
import { writeReport } from './write-report.js';

export interface Conclusion {
  loop: string;
  terminal: Terminal;
  json: boolean;
}

const SERVERS = 'The servers keep running; `autolift down` stops them.';

/** What the baseline printed last: the reader sees why no score came out. */
const endOfOutput = (baseline: LoopRecord['experiments'][number] | undefined): string => {
  const tail = baseline?.measurements.at(-1)?.tail.trim() ?? '';
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

const tellDetached = ({ loop, terminal, json }: Conclusion): ExitCode => {
  if (json) jsonLine(terminal, 'detached', { loop });
  else
    terminal.out(
      [
        '',
        `Detached; ${loop} goes on.`,
        `  attach:  autolift watch ${loop}`,
        `  stop:    autolift stop ${loop}`,
        `  servers: autolift down`,
      ].join('\n'),
    );
  return EXIT.ok;
};

/** Tells how a loop ended and where its results are, and what that means for the exit code. */
export const conclude = async (engine: Engine, ending: Ending, about: Conclusion): Promise<ExitCode> => {
  const { loop, terminal, json } = about;
  if (ending.kind === 'detached') return tellDetached(about);
  if (ending.kind === 'halted')
    throw new UserError(
      `it has paused itself: ${ending.note}`,
      loop,
      `Nothing is lost. Mend it, then \`autolift resume ${loop}\` (with this terminal's keys and addresses) and \`autolift watch ${loop}\`.`,
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
      `\n${finalSummary(status, { ui, report, repository }, terminal.live)}\n\n` +
        `Kept commits: git log ${status.branch}\n${engine.settings.temporal.kind === 'embedded' ? SERVERS : ''}`.trimEnd(),
    );
  return failure === null ? EXIT.ok : EXIT.failed;
};
