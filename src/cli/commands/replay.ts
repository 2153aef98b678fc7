import { UserError } from '../../contract/user-error.js';
import { NoBaseline } from '../../domain/replay/baseline-of.js';
import { replayPromotions } from '../../domain/replay/promotions.js';
import type { RecordedLoop } from '../../domain/replay/recorded.js';
import { hasBranch, replay, sameOptions } from '../../domain/replay/replay.js';
import { promotionReplayText, replayText } from '../../report/terminal/replay-text.js';
import { positiveNumber } from '../arguments.js';
import { defineCommand } from '../command.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';
import {
  ACCEPTANCE_FLAGS,
  acceptanceFromFlags,
  defaultAcceptance,
  type AcceptanceFlags,
} from '../replay/acceptance-flags.js';
import { readRecorded } from '../replay/read-recorded.js';
import type { Terminal } from '../terminal.js';

interface Asked {
  flags: AcceptanceFlags;
  sigma: number | null;
  all: boolean;
  json: boolean;
}

interface Replayed {
  value: object;
  text: string;
  code: ExitCode;
}

const replayLoop = (loop: RecordedLoop, asked: Asked, columns: number): Replayed => {
  const { flags, sigma, all } = asked;
  const recorded = loop.acceptance ?? { ...defaultAcceptance(), rule: 'strict' as const };
  const options = acceptanceFromFlags(recorded, flags);
  const own = sigma === null && loop.acceptance !== null && sameOptions(loop.acceptance, options);
  if (!own && hasBranch(loop, options, sigma)) {
    const value = replayPromotions(loop, options, { every: options.every, sigma });
    return { value, text: promotionReplayText(value), code: EXIT.ok };
  }
  const value = replay(loop, options, sigma);
  const wrong = value.changed.length + value.unknown - value.untold.length;
  const code = value.ownRule && wrong > 0 ? EXIT.failed : EXIT.ok;
  return { value, text: replayText(value, { columns, all }), code };
};

const noBaseline = ({ name }: RecordedLoop, { message }: NoBaseline): UserError =>
  new UserError(`it never had a baseline: ${message}`, name, 'Replay another loop.');

/** Class by class: one that can't be replayed does not stand in the way of the others. */
const replayAll = (loops: readonly RecordedLoop[], asked: Asked, terminal: Terminal): ExitCode => {
  const done: Replayed[] = [];
  const refused: UserError[] = [];
  for (const loop of loops) {
    try {
      done.push(replayLoop(loop, asked, terminal.columns));
    } catch (error) {
      if (!(error instanceof NoBaseline)) throw error;
      refused.push(noBaseline(loop, error));
    }
  }
  const [first] = refused;
  if (done.length === 0 && first !== undefined) throw first;
  const values = done.map(({ value }) => value);
  if (asked.json) terminal.out(JSON.stringify(loops.length === 1 ? values[0] : values, null, 2));
  else terminal.out(done.map(({ text }) => text).join('\n\n'));
  for (const { what, where } of refused) terminal.err(`  ! ${where}: ${what}`);
  return done.find(({ code }) => code !== EXIT.ok)?.code ?? EXIT.ok;
};

export const replayRecord = defineCommand({
  name: 'replay',
  description: 'Recompute every verdict of a recorded loop under another rule, without running anything',
  args: {
    source: {
      type: 'positional',
      required: false,
      description: 'a loop, its export as .json, or a table (results.tsv, .csv); default: the latest loop',
    },
    ...ACCEPTANCE_FLAGS,
    sigma: { type: 'string', description: 'noise of one run, where it is known', valueHint: 'number' },
    direction: { type: 'string', description: 'a table: minimize or maximize', valueHint: 'way' },
    metric: {
      type: 'string',
      description: 'a table: its column; default: the one after the commit',
      valueHint: 'name',
    },
    all: { type: 'boolean', description: 'show every experiment' },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift replay --rule strict', 'what the latest loop would have kept on single runs'],
    ['autolift replay sine/nov21', 'under its own rule: every verdict must come out again'],
    ['autolift replay results.tsv --direction minimize --rule floor --sigma 0.001', 'a table from elsewhere'],
    ['autolift replay loop.json --rule branch+promote --every 20 --json', 'an export, for a program'],
  ],
  notes: [
    'Scores of several device classes are never compared: a record or table of several is replayed class by class.',
    'What the record lacks is counted as unknown; there the recorded verdict stands in, so that the rest can be judged.',
    'Exit code 1 if a loop is replayed under its own rule and a verdict comes out differently.',
  ],
  run: async ({ source, sigma, direction, metric, all, json, ...rest }, terminal) => {
    const loops = await readRecorded(terminal, { source, direction, metric });
    const flags = Object.fromEntries(
      Object.keys(ACCEPTANCE_FLAGS).map((flag) => [flag, rest[flag as keyof AcceptanceFlags]]),
    );
    const known = positiveNumber(sigma, '--sigma') ?? null;
    return replayAll(loops, { flags, sigma: known, all: all === true, json: json === true }, terminal);
  },
});
