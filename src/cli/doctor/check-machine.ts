import { mkdir, access, constants } from 'node:fs/promises';
import { execa } from 'execa';
import { refuseOldGit } from '../../storage/git/require-git.js';
import type { Settings } from '../../workers/settings.js';
import { servedDevices } from '../../embedded/index.js';
import { DEVICE_PYTHON, probeDevice } from '../probe-device.js';
import { devicesLine } from './devices-line.js';
import { freeBytes } from '../task/check-disk.js';
import { fail, ok, reasonOf, warn, type Check } from './check.js';

export const checkNode = (): Check => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 3)
    ? ok('node', process.versions.node)
    : fail('node', `${process.versions.node} is too old`, 'Install Node 20.3 or newer.');
};

export const checkGit = async (): Promise<Check> => {
  try {
    const { stdout } = await execa('git', ['--version'], { timeout: 5000 });
    refuseOldGit(stdout);
    return ok('git', stdout.replace(/^git version /, ''));
  } catch (error) {
    return fail('git', reasonOf(error), 'Install git 2.31 or newer.');
  }
};

const GIGABYTE = 1e9;

export const checkHome = async ({ home }: Settings): Promise<Check> => {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await access(home, constants.W_OK);
  } catch (error) {
    return fail(
      'home',
      `${home} can't be written: ${reasonOf(error)}`,
      'Set AUTOLIFT_HOME to another folder.',
    );
  }
  const free = await freeBytes(home);
  const text = `${home}, ${(free / GIGABYTE).toFixed(1)} GB free`;
  if (free < 0.2 * GIGABYTE)
    return fail('home', text, 'Free some space, or set AUTOLIFT_HOME to another disk.');
  return free < 2 * GIGABYTE ? warn('home', text, 'Days of logs may need more.') : ok('home', text);
};

/** Python, the devices that it finds, and how it would confine candidates. */
export const checkDevices = async (settings: Pick<Settings, 'home' | 'cpuDevices'>): Promise<Check[]> => {
  try {
    const { python, devices, sandbox, warning, warnings } = await probeDevice(servedDevices(settings));
    return [
      ok('python', `${python}, ${DEVICE_PYTHON}`),
      ok('devices', devicesLine(devices)),
      ...warnings.map((text) => warn('devices', text, 'docs/deploy.md has what a GPU needs.')),
      sandbox === 'bwrap'
        ? ok('sandbox', 'bubblewrap: candidates have no network, no keys, and a read-only view of the rest')
        : warn(
            'sandbox',
            warning ?? 'there is no bubblewrap: candidates can read your files and use the network',
            'Install bubblewrap (Debian, Ubuntu, Fedora: the package is called bubblewrap).',
          ),
    ];
  } catch (error) {
    return [fail('python', `the device worker does not start: ${reasonOf(error)}`, 'Run `npm run build`.')];
  }
};
