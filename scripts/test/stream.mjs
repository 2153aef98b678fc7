import { spawn } from 'node:child_process';
import { ROOT } from '../setup/root.mjs';

/** Runs a program with its output on this terminal; its exit code. */
export function stream(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
