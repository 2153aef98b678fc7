import { processTerminal } from './terminal.js';
import { runCli } from './run-cli.js';

/** A reader that went away (`autolift loops | head`) is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), processTerminal());
// A connection that doesn't close in time must not hold the prompt.
setTimeout(() => process.exit(), 500).unref();
