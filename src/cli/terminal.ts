import { stripVTControlCharacters } from 'node:util';

/** What a command sees of the world: where it prints, where it stands, what the environment says. */
export interface Terminal {
  /** a line for whoever reads the result: a person, or a program with --json */
  out(text: string): void;
  /** a line for people beside the result: notices, progress while --json holds the output */
  err(text: string): void;
  /** without a line break, for redrawing */
  raw(text: string): void;
  /** whether a person is looking at the output */
  readonly live: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls back on Ctrl-C instead of dying; the returned function gives Ctrl-C back. */
  onInterrupt(handler: () => void): () => void;
}

/** The process's own terminal; colours only for people. */
export const processTerminal = (): Terminal => {
  const { stdout, stderr, env } = process;
  const plain = !stdout.isTTY || Boolean(env['NO_COLOR']);
  const print = (text: string): string => (plain ? stripVTControlCharacters(text) : text);
  return {
    out: (text) => void stdout.write(`${print(text)}\n`),
    err: (text) => void stderr.write(`${stderr.isTTY ? print(text) : stripVTControlCharacters(text)}\n`),
    raw: (text) => void stdout.write(text),
    live: stdout.isTTY,
    get columns() {
      return stdout.columns || 100;
    },
    get rows() {
      return stdout.rows || 40;
    },
    cwd: process.cwd(),
    env,
    onInterrupt: (handler) => {
      process.on('SIGINT', handler);
      return () => process.off('SIGINT', handler);
    },
  };
};
