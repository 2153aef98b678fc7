import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GateReport } from '../../contract/gates.js';
import { UserError } from '../../contract/user-error.js';
import { readLibrary } from '../../mechanism-host/library.js';
import { startMechanismHost } from '../../mechanism-host/mechanism-host.js';
import { gateText } from '../../report/terminal/gate-text.js';
import { defineCommand } from '../command.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';
import { didYouMean } from '../../contract/nearest.js';
import { sendMessage } from '../send-message.js';
import type { Terminal } from '../terminal.js';

const ACTIONS = ['check', 'list', 'stop'];

const sourceAt = async (file: string, terminal: Terminal): Promise<string> => {
  try {
    return await readFile(path.resolve(terminal.cwd, file), 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'there is no such file' : `it could not be read (${code})`;
    throw new UserError(what, file, 'Name a JavaScript file; `autolift mechanism list` names examples.');
  }
};

const checkFile = async (
  { file, against, json }: { file: string; against: string | undefined; json: boolean },
  terminal: Terminal,
): Promise<ExitCode> => {
  const source = await sourceAt(file, terminal);
  const incumbent = against === undefined ? undefined : await sourceAt(against, terminal);
  const host = startMechanismHost();
  let report: GateReport;
  try {
    report = await host.check({ source, ...(incumbent !== undefined && { incumbent }) });
  } finally {
    await host.close();
  }
  terminal.out(json ? JSON.stringify(report, null, 2) : gateText(file, report));
  return report.finding === null ? EXIT.ok : EXIT.failed;
};

const list = async (json: boolean, terminal: Terminal): Promise<ExitCode> => {
  const library = await readLibrary();
  if (json) {
    terminal.out(
      JSON.stringify(
        library.map(({ file, meta, what }) => ({ file, meta, what })),
        null,
        2,
      ),
    );
    return EXIT.ok;
  }
  const widest = Math.max(...library.map(({ file }) => file.length));
  for (const { file, meta, what } of library) terminal.out(`${file.padEnd(widest)}  ${meta.domain}: ${what}`);
  return EXIT.ok;
};

const stop = async (
  loop: string | undefined,
  why: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> =>
  sendMessage(terminal, { loop, name: 'stopMechanism', message: why === undefined ? {} : { reason: why } });

export const mechanism = defineCommand({
  name: 'mechanism',
  description: 'Check a search mechanism before it is used, list the library, or take one out of a loop',
  args: {
    action: { type: 'positional', required: true, description: 'check, list or stop' },
    subject: { type: 'positional', required: false, description: 'check: a JavaScript file; stop: a loop' },
    why: { type: 'string', description: 'stop: the reason, for the record', valueHint: 'text' },
    against: { type: 'string', description: 'check: a copy of this one is rejected', valueHint: 'file' },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift mechanism list', 'the library'],
    ['autolift mechanism check mine.js', 'all gates that need no real loop'],
    ['autolift mechanism check mine.js --against mechanisms/tabu.js', 'and that it is no copy of tabu'],
    ['autolift mechanism stop sine/nov21 --why "goes in circles"', 'that loop goes on without its mechanism'],
  ],
  notes: ['Exit code 1 if a gate rejects it. How to write one: docs/mechanisms.md.'],
  run: async ({ action, subject: file, why, against, json }, terminal) => {
    if (action === 'list') return list(json === true, terminal);
    if (action === 'stop') return stop(file, why, terminal);
    if (action !== 'check' || file === undefined)
      throw new UserError(
        action === 'check' ? 'which file?' : `"${action}" is not an action${didYouMean(action, ACTIONS)}`,
        'autolift mechanism',
        'Write `autolift mechanism check FILE`, `autolift mechanism list` or `autolift mechanism stop LOOP`.',
      );
    return checkFile({ file, against, json: json === true }, terminal);
  },
});
