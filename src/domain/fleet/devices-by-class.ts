import type { FleetView } from './fleet-view.js';

/** Devices of each class, host by host, of the hosts that begin runs. */
export const devicesByClass = ({ hosts }: Pick<FleetView, 'hosts'>): Map<string, number[]> => {
  const found = new Map<string, number[]>();
  for (const { devices } of hosts.filter(({ state }) => state === 'up')) {
    const names = new Set(devices.map((device) => device.class));
    for (const name of names) {
      const count = devices.filter((device) => device.class === name).length;
      found.set(name, [...(found.get(name) ?? []), count]);
    }
  }
  return found;
};
