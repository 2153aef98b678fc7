import { UserError } from '../../contract/user-error.js';
import { wholeNumber } from '../arguments.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { didYouMean } from '../nearest.js';

const KINDS = ['control', 'device', 'steward'];
/** As `run.device` takes it: another name would be a queue that no task can ask for. */
const DEVICE_CLASS = /^[a-z0-9][a-z0-9._-]{0,62}$/;

export const worker = defineCommand({
  name: 'worker',
  description:
    'Run one worker in the foreground, for fleets: control (workflows, proposers, git), device or steward',
  args: {
    kind: { type: 'positional', required: true, description: 'control, device or steward' },
    class: {
      type: 'string',
      default: 'cpu',
      description: 'device: its class, e.g. cpu or h100',
      valueHint: 'name',
    },
    devices: { type: 'string', default: '1', description: 'device: how many', valueHint: 'n' },
  },
  examples: [
    ['autolift worker control', 'with TEMPORAL_ADDRESS and DATABASE_URL set'],
    ['autolift worker steward', 'as a user of its own, with AUTOLIFT_VAULTS set'],
    ['autolift worker device --class h100 --devices 8', 'on a host with eight GPUs'],
  ],
  notes: ['It runs until SIGTERM or Ctrl-C and then hands its work over.'],
  run: async ({ kind, class: deviceClass, devices }, terminal) => {
    if (!KINDS.includes(kind))
      throw new UserError(
        `"${kind}" is not a kind of worker${didYouMean(kind, KINDS)}`,
        'autolift worker',
        'Choose control, device or steward.',
      );
    if (!DEVICE_CLASS.test(deviceClass))
      throw new UserError(
        `"${deviceClass}" is not the name of a device class`,
        '--class',
        'Use lower-case letters, digits, dots, dashes and underscores, like h100, as task.yaml does in run.device.',
      );
    const count = wholeNumber(devices, '--devices') ?? 1;
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
