import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import { PACKAGE_ROOT } from './package-root.js';
import type { Settings } from './settings.js';

export interface DeviceOptions {
  /** undefined: every class that is found on the host */
  deviceClass: string | undefined;
  /** undefined: all GPUs of a class, or one CPU */
  devices: number | undefined;
}

/** A bucket's setting stays in the environment, beside its keys. */
const artifactsOf = ({ artifacts }: Settings): string[] =>
  artifacts.kind === 'directory' ? ['--artifacts', artifacts.folder] : [];

/** The Python device worker's command line. */
export function deviceCommand(
  settings: Settings,
  options: DeviceOptions,
): { command: string; args: string[] } {
  const command = join(PACKAGE_ROOT, '.venv', 'bin', 'python');
  if (!existsSync(command))
    throw new UserError('the device worker has no Python', command, 'Run `npm run build`, which sets it up.');
  const args = [
    ...['-m', 'autolift_device'],
    ...(options.deviceClass === undefined ? [] : ['--class', options.deviceClass]),
    ...(options.devices === undefined ? [] : ['--devices', String(options.devices)]),
    ...['--temporal', settings.temporal.address, '--namespace', settings.temporal.namespace],
    ...artifactsOf(settings),
    ...['--home', settings.home],
  ];
  return { command, args };
}
