import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import { PACKAGE_ROOT } from './package-root.js';
import type { Settings } from './settings.js';

export interface DeviceOptions {
  deviceClass: string;
  devices: number;
}

/** The Python device worker's command line. */
export function deviceCommand(
  settings: Settings,
  options: DeviceOptions,
): { command: string; args: string[] } {
  const command = join(PACKAGE_ROOT, '.venv', 'bin', 'python');
  if (!existsSync(command))
    throw new UserError('the device worker has no Python', command, 'Run `npm run build`, which sets it up.');
  const args = [
    ...['-m', 'autolift_device', '--class', options.deviceClass, '--devices', String(options.devices)],
    ...['--temporal', settings.temporal.address, '--namespace', settings.temporal.namespace],
    ...['--blobs', settings.blobs, '--home', settings.home],
  ];
  return { command, args };
}
