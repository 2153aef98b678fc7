import { UserError } from '../contract/user-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';
import { Unreachable } from './unreachable.js';

const full = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Tells what went wrong, once: a stack trace only for AUTOLIFT_DEBUG=1. */
export const showError = (error: unknown, terminal: Terminal): ExitCode => {
  const debug = terminal.env['AUTOLIFT_DEBUG'] === '1';
  if (error instanceof UserError) {
    terminal.err(debug ? full(error) : error.message);
    return error instanceof Unreachable ? EXIT.unreachable : EXIT.mistake;
  }
  const said = error instanceof Error ? error.message : String(error);
  terminal.err(debug ? full(error) : `autolift failed: ${said}\n  AUTOLIFT_DEBUG=1 shows where.`);
  return EXIT.failed;
};
