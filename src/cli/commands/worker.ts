import { UserError } from '../../contract/user-error.js';
import { wholeNumber } from '../arguments.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { didYouMean } from '../../contract/nearest.js';
import { checkDeviceClass } from '../device-class.js';

const KINDS = ['control', 'device', 'steward'];

export const worker = defineCommand({
  name: 'worker',
  description:
    'Run one worker in the foreground, for fleets: control (workflows, proposers, git), device or steward',
  args: {
    kind: { type: 'positional', required: true, description: 'control, device or steward' },
    class: {
      type: 'string',
      description: 'device: one class alone, e.g. cpu or h100, or gpu; default: every class found here',
      valueHint: 'name',
    },
    devices: {
      type: 'string',
      description: 'device: how many; default: all GPUs, one CPU',
      valueHint: 'n',
    },
  },
  examples: [
    ['autolift worker control', 'with TEMPORAL_ADDRESS and DATABASE_URL set'],
    ['autolift worker steward', 'as a user of its own, with AUTOLIFT_VAULTS set'],
    ['autolift worker device', 'on a host with eight GPUs: serves them all, and a CPU'],
    ['autolift worker device --class h100 --devices 4', 'four of them, and nothing else'],
  ],
  notes: ['It runs until SIGTERM or Ctrl-C and then hands its work over.'],
  run: async ({ kind, class: deviceClass, devices }, terminal) => {
    if (!KINDS.includes(kind))
      throw new UserError(
        `"${kind}" is not a kind of worker${didYouMean(kind, KINDS)}`,
        'autolift worker',
        'Choose control, device or steward.',
      );
    if (deviceClass !== undefined) checkDeviceClass(deviceClass, '--class');
    const count = wholeNumber(devices, '--devices');
    const settings = settingsOf(terminal);
    if (kind === 'control') {
      await (await import('../../workers/control.js')).runControlWorker(settings);
      return EXIT.ok;
    }
    if (kind === 'steward') {
      await (await import('../../workers/steward.js')).runSteward(settings);
      return EXIT.ok;
    }
    const { runDeviceWorker } = await import('../../workers/device.js');
    const code = await runDeviceWorker(settings, { deviceClass, devices: count });
    return code === 0 ? EXIT.ok : code === 2 ? EXIT.mistake : EXIT.failed;
  },
});
