import type { DeviceProbe } from '../probe-device.js';

type Probed = DeviceProbe['devices'][number];

/** How many of each class, with what is worth knowing of one: `8 × h100 (NVIDIA H100 80GB HBM3, 80 GiB, …)`. */
export const devicesLine = (devices: readonly Probed[]): string => {
  const classes = new Map<string, Probed[]>();
  for (const device of devices) classes.set(device.class, [...(classes.get(device.class) ?? []), device]);
  const served = [...classes].map(([name, [first, ...others]]) => {
    const facts = first === undefined ? [] : factsOf(first);
    return `${String(1 + others.length)} × ${name} (${facts.join(', ')})`;
  });
  return served.length === 0 ? 'none' : served.join(', ');
};

const factsOf = ({ name, facts }: Probed): string[] => [
  name,
  ...(facts?.memoryBytes ? [`${(facts.memoryBytes / 2 ** 30).toFixed(0)} GiB`] : []),
  ...(facts?.driver ? [`driver ${facts.driver}`] : []),
  ...(facts?.cuda ? [`CUDA ${facts.cuda}`] : []),
  ...(facts?.powerLimitWatts ? [`${facts.powerLimitWatts.toFixed(0)} W`] : []),
];
