import type { ArgsDef, ParsedArgs } from 'citty';
import type { Terminal } from './terminal.js';
import type { ExitCode } from './exit-codes.js';

/** One command of the program: its arguments as citty takes them, examples, and what it does. */
export interface Command<T extends ArgsDef = ArgsDef> {
  name: string;
  description: string;
  args: T;
  /** whether its last positional may stand there several times; all words are in `_` */
  takesMany?: boolean;
  /** flags that may stand there several times; what they were given is one list, with commas */
  lists?: readonly string[];
  /** lines to type and what each does */
  examples: readonly (readonly [line: string, what: string])[];
  /** shown under the examples: what a reader must know beside the flags */
  notes?: readonly string[];
  run(args: ParsedArgs<T>, terminal: Terminal): Promise<ExitCode>;
}

/** Keeps the types of a command's arguments for its own `run`. */
export const defineCommand = <const T extends ArgsDef>(command: Command<T>): Command =>
  command as unknown as Command;
