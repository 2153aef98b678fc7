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

/** The same with its output kept for later. */
export function capture(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio });
    let output = '';
    for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
