import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import type { Launch } from './service.js';

/** Starts what a service is; a child inherits the mask that holds while it is forked. */
export function begin({ command, args, env, umask }: Launch, options: SpawnOptions): ChildProcess {
  const own = umask === undefined ? null : process.umask(umask);
  try {
    return spawn(command, args, { ...options, env });
  } finally {
    if (own !== null) process.umask(own);
  }
}
