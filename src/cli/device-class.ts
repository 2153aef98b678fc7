import { UserError } from '../contract/user-error.js';

/** As `run.device` takes it: another name would be a queue that no task can ask for. */
const DEVICE_CLASS = /^[a-z0-9][a-z0-9._-]{0,62}$/;

export const checkDeviceClass = (name: string, where: string): void => {
  if (DEVICE_CLASS.test(name)) return;
  throw new UserError(
    `"${name}" is not the name of a device class`,
    where,
    'Use lower-case letters, digits, dots, dashes and underscores, like h100, as task.yaml does in run.device.',
  );
};
