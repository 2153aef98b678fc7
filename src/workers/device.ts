import { spawn } from 'node:child_process';
import { deviceCommand, type DeviceOptions } from './device-command.js';
import { deviceEnvironment } from './child-environment.js';
import type { Settings } from './settings.js';

/** Runs the Python device worker in the foreground and passes signals on; its exit code. */
export async function runDeviceWorker(settings: Settings, options: DeviceOptions): Promise<number> {
  const { command, args } = deviceCommand(settings, options);
  const child = spawn(command, args, {
    env: deviceEnvironment(settings.environment),
    stdio: 'inherit',
  });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const pass = (name: NodeJS.Signals): void => void child.kill(name);
  for (const name of signals) process.on(name, pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    for (const name of signals) process.off(name, pass);
  }
}
