import { UserError } from '../contract/user-error.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';
import { Unreachable } from './unreachable.js';
import { wrongNamespace } from './wrong-namespace.js';

const full = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Tells what went wrong, once: a stack trace only for AUTOLIFT_DEBUG=1. */
export const showError = (error: unknown, terminal: Terminal): ExitCode => {
  const debug = terminal.env['AUTOLIFT_DEBUG'] === '1';
  const mistake = error instanceof UserError ? error : wrongNamespace(error, terminal);
  if (mistake !== null) {
    terminal.err(debug ? full(error) : mistake.message);
    return mistake instanceof Unreachable ? EXIT.unreachable : EXIT.mistake;
  }
  const said = error instanceof Error ? error.message : String(error);
  terminal.err(debug ? full(error) : `autolift failed: ${said}\n  AUTOLIFT_DEBUG=1 shows where.`);
  return EXIT.failed;
};
