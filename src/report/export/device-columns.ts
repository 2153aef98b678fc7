import type { RunRecord } from '../../contract/measurement.js';

/** What an experiment's own runs rested on: where they ran, on what, and how often they were begun. */
export const DEVICE_COLUMNS = [
  'device',
  'host',
  'device_serial',
  'driver',
  'clock_mhz',
  'peak_device_memory_bytes',
  'libraries',
  'attempts',
] as const;

type Cells = Record<(typeof DEVICE_COLUMNS)[number], string | number | null>;

/** Each different one once, in the order of the runs. */
const different = (texts: readonly (string | null | undefined)[]): string =>
  [...new Set(texts.filter((text) => text !== null && text !== undefined && text !== ''))].join('; ');

const most = (numbers: readonly (number | null | undefined)[]): number | null => {
  const known = numbers.filter((one) => typeof one === 'number');
  return known.length === 0 ? null : Math.max(...known);
};

const least = (numbers: readonly (number | null | undefined)[]): number | null => {
  const known = numbers.filter((one) => typeof one === 'number');
  return known.length === 0 ? null : Math.min(...known);
};

export const deviceColumns = (runs: readonly RunRecord[]): Cells => {
  const facts = runs.map(({ device }) => device.facts);
  return {
    device: different(runs.map(({ device }) => device.name)),
    host: different(runs.map(({ device }) => `${device.host}/${device.id}`)),
    device_serial: different(facts.map((one) => one?.serial)),
    driver: different(facts.map((one) => one?.driver)),
    clock_mhz: least(facts.map((one) => one?.clocks?.sm)),
    peak_device_memory_bytes: most(facts.map((one) => one?.peakDeviceMemoryBytes)),
    libraries: different(
      facts.flatMap((one) =>
        Object.entries(one?.libraries ?? {}).map(([name, version]) => `${name} ${version}`),
      ),
    ),
    attempts: runs.reduce((sum, { course }) => sum + (course?.attempt ?? 1), 0),
  };
};
