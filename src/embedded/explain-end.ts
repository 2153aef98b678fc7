import { join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import { salientLines } from './salient-lines.js';

/** A process that does not stay up. */
export interface Ended {
  name: string;
  /** how it ended, in words */
  exit: string;
  home: string;
  logFile: string;
  /** what it logged since its last start */
  text: string;
}

const KEPT = 'The ledger, the reports and every branch are apart from it and stay.';

/** One message on why a server or worker does not stay up: what, where, and what to do. */
export function explainEnd(ended: Ended): UserError {
  return causeOf(ended) ?? unknownCause(ended);
}

/** The message of a cause that trying again won't mend; null where the log names none. */
export function causeOf({ name, exit, home, text }: Ended): UserError | null {
  if (name === 'postgres') return otherMajor(home, text);
  if (name === 'temporal') return damagedHistories(home, text);
  return exit === 'exit code 2' ? ownWords(text) : null;
}

function otherMajor(home: string, text: string): UserError | null {
  const [, theirs, ours] =
    /initialized by PostgreSQL version (\S+?), which is not compatible with this version (\S+?)\.?\s/.exec(
      `${text}\n`,
    ) ?? [];
  if (theirs === undefined || ours === undefined) return null;
  return new UserError(
    `this folder was made by PostgreSQL ${theirs}, autolift's own is ${ours}`,
    join(home, 'postgres'),
    `Nothing was changed. Serve it with a PostgreSQL ${theirs} of your own and set DATABASE_URL, or use the autolift ` +
      'that made it; to begin with an empty ledger, move the folder away.',
  );
}

function damagedHistories(home: string, text: string): UserError | null {
  const said = /file is not a database|database disk image is malformed|file is encrypted/.exec(text)?.[0];
  if (said === undefined) return null;
  const file = join(home, 'temporal.db');
  return new UserError(
    `the file with the loops' histories is damaged (${said})`,
    file,
    `Put a copy of it back, or move ${file}* away: loops that were running end there. ${KEPT}`,
  );
}

/** A worker that ends by a mistake of the user's says so as every command does: `where: what`, and what to do. */
function ownWords(text: string): UserError | null {
  const [, where, what, fix] = /(?:^|\n)(\S[^\n]*?): ([^\n]+)\n {2}(\S[^\n]*)$/.exec(text.trimEnd()) ?? [];
  return where === undefined || what === undefined || fix === undefined
    ? null
    : new UserError(what, where, fix);
}

const ADVICE: Record<string, string> = {
  temporal: `If its file temporal.db is damaged, put a copy back or move it away. ${KEPT}`,
  postgres:
    'If its folder postgres is damaged, put a copy back; or set DATABASE_URL to a server of your own.',
};

function unknownCause({ name, exit, logFile, text }: Ended): UserError {
  const lines = salientLines(text).map((line) => `\n    ${line}`);
  return new UserError(
    `${name} does not stay up (${exit})${lines.length === 0 ? '' : `:${lines.join('')}`}`,
    logFile,
    `${ADVICE[name] ?? 'Mend what it names.'} The log has the rest; then run \`autolift up\` again.`,
  );
}
