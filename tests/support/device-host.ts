import { spawn, type ChildProcess } from 'node:child_process';
import type { TestEngine } from './engine.js';

const CLI = new URL('../../bin/autolift.mjs', import.meta.url).pathname;

/** A device host: a process group and a folder of its own, which know the server's address and nothing else. */
export const startDeviceHost = (
  { settings }: TestEngine,
  deviceClass: string,
  home: string,
): ChildProcess => {
  const env: NodeJS.ProcessEnv = {
    ...settings.environment,
    AUTOLIFT_HOME: home,
    TEMPORAL_ADDRESS: settings.temporal.address,
  };
  const args = [CLI, 'worker', 'device', '--class', deviceClass];
  return spawn(process.execPath, args, { env, detached: true, stdio: 'ignore' });
};
