import { join } from 'node:path';
import { deviceCommand } from '../workers/device-command.js';
import { PACKAGE_ROOT } from '../workers/package-root.js';
import type { Settings } from '../workers/settings.js';
import {
  controlEnvironment,
  deviceEnvironment,
  FEW_HEAPS,
  stewardEnvironment,
} from '../workers/child-environment.js';
import type { Service } from './service.js';
import { makeDigest, workerMake } from './worker-make.js';

/** 20 MB less than Node's defaults take, and no slower with as few allocations as a control worker makes. */
const SMALL_HEAP = ['--max-semi-space-size=4', '--max-old-space-size=384'];

export function controlService(settings: Settings): Service {
  const main = join(PACKAGE_ROOT, 'dist', 'workers', 'control-main.js');
  const readyFile = join(settings.home, 'run', 'control.ready');
  return {
    name: 'control',
    launch: () => ({
      command: process.execPath,
      args: [...SMALL_HEAP, main, '--home', settings.home],
      env: {
        ...FEW_HEAPS,
        ...controlEnvironment(settings.environment),
        AUTOLIFT_HOME: settings.home,
        AUTOLIFT_READY_FILE: readyFile,
      },
    }),
    marks: [main, settings.home],
    answers: null,
    readyFile,
    stopSignal: 'SIGTERM',
    make: makeDigest(workerMake(settings.environment)),
  };
}

/** The only process here that reads vaults; it is given no model's key and no database. */
export function stewardService(settings: Settings): Service {
  const main = join(PACKAGE_ROOT, 'dist', 'workers', 'steward-main.js');
  const readyFile = join(settings.home, 'run', 'steward.ready');
  const env = stewardEnvironment(settings.environment);
  return {
    name: 'steward',
    launch: () => ({
      command: process.execPath,
      args: [...SMALL_HEAP, main, '--home', settings.home],
      env: { ...env, AUTOLIFT_HOME: settings.home, AUTOLIFT_READY_FILE: readyFile },
    }),
    marks: [main, settings.home],
    answers: null,
    readyFile,
    stopSignal: 'SIGTERM',
    make: makeDigest(workerMake(env)),
  };
}

/** The nth worker process of this host's CPU class, serving so many devices. */
export function deviceService(settings: Settings, index: number, devices: number): Service {
  const name = `device-${String(index + 1)}`;
  const readyFile = join(settings.home, 'run', `${name}.ready`);
  const mark = `autolift=${settings.home}:${name}`;
  return {
    name,
    launch: () => {
      const { command, args } = deviceCommand(settings, { deviceClass: 'cpu', devices });
      // Python ignores -X options it doesn't know, and ps shows them
      const env = { ...deviceEnvironment(settings.environment), AUTOLIFT_READY_FILE: readyFile };
      return { command, args: ['-X', mark, ...args], env };
    },
    marks: ['-X', mark],
    answers: null,
    readyFile,
    stopSignal: 'SIGTERM',
    make: makeDigest(workerMake(deviceEnvironment(settings.environment))),
  };
}
