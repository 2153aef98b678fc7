import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';
import { SetupError } from './setup-error.mjs';

const SHOWN_LINES = 25;

/** Runs a program silently; when it fails, the end of what it printed is shown. Resolves to its output. */
export function execute(command, args, { env = {}, cwd = ROOT, fix = 'Mend that and run it again.' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk) => (output = (output + chunk).slice(-200_000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => reject(new SetupError(`${command} can't be run: ${error.message}`, fix)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
      reject(new SetupError(`${tail}\n\`${[command, ...args].join(' ')}\` failed (${signal ?? code}).`, fix));
    });
  });
}

/** The same for a question: its output, or null when it can't be answered. */
export async function ask(command, args, options) {
  try {
    return (await execute(command, args, options)).trim();
  } catch {
    return null;
  }
}
