import type { RunReport } from '../../contract/run-schema.js';

/** Why a run's score may not meet those of the class that it was asked for on; null: it is one of them. */
export const otherClass = (asked: string, { device }: Pick<RunReport, 'device'>): string | null =>
  device.class === asked
    ? null
    : `a run that was meant for the device class ${asked} was made on ${device.class} (${device.host}): scores of two classes are never compared`;

/** The one class of what is compared. */
export const oneClass = (measurements: readonly { deviceClass: string }[]): void => {
  const classes = [...new Set(measurements.map(({ deviceClass }) => deviceClass))];
  if (classes.length > 1)
    throw new RangeError(`scores of ${classes.join(' and ')} were to be compared: they never are`);
};
