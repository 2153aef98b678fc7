import path from 'node:path';
import { execa } from 'execa';
import type { DeviceFacts } from '../contract/run-schema.js';
import { PACKAGE_ROOT } from '../workers/package-root.js';

/** What the device worker says of this host. */
export interface DeviceProbe {
  host: string;
  python: string;
  devices: { class: string; name: string; id: string; facts?: DeviceFacts }[];
  sandbox: 'bwrap' | 'none';
  /** what is not protected, in words; null if all is */
  warning: string | null;
  /** what is wrong with devices */
  warnings: string[];
}

export const DEVICE_PYTHON = path.join(PACKAGE_ROOT, '.venv', 'bin', 'python');

/** Asks the device worker what it would serve with so many CPUs, without starting it; throws with the reason if it can't say. */
export const probeDevice = async (devices: number): Promise<DeviceProbe> => {
  const { stdout } = await execa(
    DEVICE_PYTHON,
    ['-m', 'autolift_device', '--probe', '--devices', String(devices)],
    { timeout: 15_000, stdin: 'ignore' },
  );
  return JSON.parse(stdout.split('\n').at(-1) ?? '') as DeviceProbe;
};

/** How candidates are kept apart, in one line for people; null if that can't be known here. */
export const sandboxLine = async (): Promise<string | null> => {
  const probe = await probeDevice(1).catch(() => null);
  if (probe === null) return null;
  return probe.sandbox === 'bwrap' ? 'bubblewrap' : `none: ${probe.warning ?? 'candidates are not confined'}`;
};
