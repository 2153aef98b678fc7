import { renderUsage } from 'citty';
import { stripVTControlCharacters } from 'node:util';
import type { Command } from './command.js';

const EXIT_CODES =
  'Exit codes: 0 done or detached, 1 failed, 2 a mistake in what was asked, 3 no engine answers.';

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
};

/** Help of one command: usage and flags by citty, then examples to copy. */
export const commandHelp = async (command: Command): Promise<string> => {
  const meta = { name: command.name, description: command.description };
  const usage = await renderUsage({ meta, args: command.args }, { meta: { name: 'autolift' } });
  const examples = command.examples.map(([line, what]) => [line, `# ${what}`] as const);
  return [
    stripVTControlCharacters(usage).replace(/ +$/gm, '').trimEnd(),
    '',
    'EXAMPLES',
    '',
    columns(examples),
    '',
    ...(command.notes ?? []).map((note) => `${note}\n`),
    EXIT_CODES,
  ].join('\n');
};

/** What `autolift` alone answers: every command with one line. */
export const overview = (commands: readonly (readonly [name: string, what: string])[]): string =>
  [
    'autolift: a durable autoresearch engine. It changes files, runs them, measures, keeps what is better.',
    '',
    columns(commands),
    '',
    'Start here:',
    '',
    columns([
      ['autolift init', 'write a task.yaml by looking at this folder'],
      ['autolift run', 'start everything and run the task in this folder'],
      ['autolift doctor', 'check what this machine has'],
    ]),
    '',
    '`autolift <command> --help` shows flags and examples.',
    EXIT_CODES,
  ].join('\n');
