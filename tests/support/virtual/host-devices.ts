import type { FleetRecord, Lease } from './fleet-record.js';
import type { HeldRun } from './held-run.js';

interface Device {
  name: string;
  upSince: number | null;
  run: HeldRun | null;
}

/** The devices of a host, one run each at a time, and what of it goes on record. */
export class HostDevices {
  private readonly devices: Device[];

  constructor(
    host: { name: string; class: string; devices: number },
    private readonly record: FleetRecord,
    private readonly clock: { readonly now: number },
  ) {
    this.class = host.class;
    this.devices = Array.from({ length: host.devices }, (_, at) => ({
      name: `${host.name}:${String(at)}`,
      upSince: null,
      run: null,
    }));
  }

  private readonly class: string;

  /** Devices that runs of this loop hold. */
  heldBy(loop: string): number {
    return this.devices.filter(({ run }) => run?.request.loop?.id === loop).length;
  }

  /** Gives a free device to a run; null if none is. */
  take(run: HeldRun): string | null {
    const device = this.devices.find((one) => one.run === null);
    if (device === undefined) return null;
    device.run = run;
    run.since = this.clock.now;
    const begun = this.record.losses.find(({ key, begunAt }) => key === run.request.key && begunAt === null);
    if (begun !== undefined)
      Object.assign(begun, { queuedAt: run.activity.waitingSince, begunAt: run.since });
    return device.name;
  }

  /** A run's end; its device is had no more where the host takes no more. */
  release(run: HeldRun, end: Lease['end'], goesOn: boolean): void {
    const device = this.devices.find((one) => one.run === run);
    if (device === undefined) return;
    const { key, loop } = run.request;
    this.record.leases.push({
      loop: loop?.id ?? '',
      key,
      class: this.class,
      device: device.name,
      attempt: run.attempt.number,
      queuedAt: run.activity.waitingSince,
      from: run.since,
      to: this.clock.now,
      end,
    });
    device.run = null;
    if (!goesOn) this.down(device);
  }

  up(): void {
    for (const device of this.devices) device.upSince ??= this.clock.now;
  }

  allDown(): void {
    for (const device of this.devices) this.down(device);
  }

  freeDown(): void {
    for (const device of this.devices) if (device.run === null) this.down(device);
  }

  private down(device: Device): void {
    const { name, upSince } = device;
    if (upSince === null) return;
    this.record.ups.push({ class: this.class, device: name, from: upSince, to: this.clock.now });
    device.upSince = null;
  }
}
