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

const show = (terminal: Terminal, json: boolean, found: { value: object; text: string }): void => {
  terminal.out(json ? JSON.stringify(found.value, null, 2) : found.text);
};

const replayLoop = (loop: RecordedLoop, asked: Asked, terminal: Terminal): ExitCode => {
  const { flags, sigma, all, json } = asked;
  const recorded = loop.acceptance ?? { ...defaultAcceptance(), rule: 'strict' as const };
  const options = acceptanceFromFlags(recorded, flags);
  const own = sigma === null && loop.acceptance !== null && sameOptions(loop.acceptance, options);
  if (!own && hasBranch(loop, options, sigma)) {
    const value = replayPromotions(loop, options, { every: options.every, sigma });
    show(terminal, json, { value, text: promotionReplayText(value) });
    return EXIT.ok;
  }
  const value = replay(loop, options, sigma);
  show(terminal, json, { value, text: replayText(value, { columns: terminal.columns, all }) });
  return value.ownRule && value.changed.length + value.unknown > 0 ? EXIT.failed : EXIT.ok;
};

export const replayRecord = defineCommand({
  name: 'replay',
  description: 'Recompute every verdict of a recorded loop under another rule, without running anything',
  args: {
    source: {
      type: 'positional',
      required: false,
      description: 'a loop, its export as .json, or a results.tsv; default: the latest loop',
    },
    ...ACCEPTANCE_FLAGS,
    sigma: { type: 'string', description: 'noise of one run, where it is known', valueHint: 'number' },
    direction: { type: 'string', description: 'results.tsv: minimize or maximize', valueHint: 'way' },
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
    'What the record lacks is counted as unknown; there the recorded verdict stands in, so that the rest can be judged.',
    'Exit code 1 if a loop is replayed under its own rule and a verdict comes out differently.',
  ],
  run: async ({ source, sigma, direction, all, json, ...rest }, terminal) => {
    const loop = await readRecorded(terminal, { source, direction });
    const flags = Object.fromEntries(
      Object.keys(ACCEPTANCE_FLAGS).map((flag) => [flag, rest[flag as keyof AcceptanceFlags]]),
    );
    const known = positiveNumber(sigma, '--sigma') ?? null;
    try {
      return replayLoop(loop, { flags, sigma: known, all: all === true, json: json === true }, terminal);
    } catch (error) {
      if (!(error instanceof NoBaseline)) throw error;
      throw new UserError(`it never had a baseline: ${error.message}`, loop.name, 'Replay another loop.');
    }
  },
});
