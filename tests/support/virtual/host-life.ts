import { random } from '../../../src/domain/random.js';
import type { DeviceHost } from './device-host.js';
import type { FleetPlan } from './fleet-plan.js';
import type { VirtualClock } from './virtual-clock.js';

const ENDS = ['die', 'die', 'stop', 'drain', 'cut'] as const;

/** A host comes, stays a while, goes in one of its ways and comes again, for as long as anybody looks. */
export const live = (host: DeviceHost, { seed, turnover }: FleetPlan, clock: VirtualClock): void => {
  host.join();
  if (turnover === undefined) return;
  const draws = random('host', seed, host.planned.name);
  const wait = (mean: number): number => -mean * Math.log(1 - draws.next());
  const stay = (): void => {
    clock.after(wait(turnover.hours * 3_600_000), () => {
      const end = draws.pick(ENDS);
      host[end]();
      clock.after(30_000 + wait(turnover.minutes * 60_000), () => {
        host.join();
        stay();
      });
    });
  };
  stay();
};
