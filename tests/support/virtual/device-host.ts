import type { RunRequest } from '../../../src/contract/run-schema.js';
import type { ActivityExecution } from './activity-execution.js';
import type { PlannedHost } from './fleet-plan.js';
import type { Lease } from './fleet-record.js';
import { type HeldRun, lastHeartbeat } from './held-run.js';
import { HostDevices } from './host-devices.js';
import { LATENCY } from './latency.js';
import type { World } from './world.js';

interface Poll {
  withdraw: () => void;
}

/** A host with its device worker: it leases as `devices/pool.py` does, and goes in the ways in which hosts go. */
export class DeviceHost {
  private readonly devices: HostDevices;
  private readonly held = new Set<HeldRun>();
  private readonly waiting: HeldRun[] = [];
  private readonly polls = new Set<Poll>();
  private isPolling = false;
  private readonly places: number;

  constructor(
    readonly planned: PlannedHost,
    private readonly world: World,
  ) {
    this.devices = new HostDevices(planned, world.record, world.temporal.clock);
    this.places = planned.devices + world.onDeck(planned.devices);
  }

  join(): void {
    this.devices.up();
    this.isPolling = true;
    this.poll();
  }

  /** Loses power: nothing is said to anybody. */
  die(): void {
    this.leave();
    const { record } = this.world;
    for (const run of [...this.held]) {
      run.attempt.vanish(lastHeartbeat(run, this.now));
      const { key } = run.request;
      record.losses.push({ key, class: this.planned.class, lostAt: this.now, queuedAt: null, begunAt: null });
      this.end(run, 'killed');
    }
    this.waiting.length = 0;
  }

  /** Its worker gets SIGTERM: runs are killed at once, and said to have been. */
  stop(): void {
    this.leave();
    for (const run of [...this.held]) {
      this.end(run, 'killed');
      run.attempt.fail('the worker was stopped', 'Stopped');
    }
    this.waiting.length = 0;
  }

  /** Takes no more, and ends what it has begun. */
  drain(): void {
    this.withdraw();
    this.devices.freeDown();
  }

  /** Its network is gone: the runs go on, and nobody hears of it. */
  cut(): void {
    this.leave();
    for (const run of this.held) run.attempt.vanish(lastHeartbeat(run, this.now));
  }

  private get now(): number {
    return this.world.temporal.clock.now;
  }

  private leave(): void {
    this.withdraw();
    this.devices.allDown();
  }

  private withdraw(): void {
    this.isPolling = false;
    for (const { withdraw } of this.polls) withdraw();
    this.polls.clear();
  }

  private poll(): void {
    while (this.isPolling && this.polls.size + this.held.size < this.places) {
      const open: Poll = { withdraw: () => undefined };
      this.polls.add(open);
      open.withdraw = this.world.temporal.queue(`device.${this.planned.class}`).poll((activity) => {
        this.polls.delete(open);
        this.take(activity);
      });
    }
  }

  private take(activity: ActivityExecution): void {
    const request = activity.args[0] as RunRequest;
    const run: HeldRun = {
      activity,
      attempt: activity.start(),
      request,
      takenAt: this.now,
      since: 0,
      next: null,
    };
    this.held.add(run);
    run.attempt.onCancel = () => {
      this.end(run, 'killed');
      run.attempt.fail('cancelled', 'Cancelled');
      this.serve();
    };
    run.next = this.world.temporal.clock.after(LATENCY.dispatch + LATENCY.checkout, () => {
      this.waiting.push(run);
      this.serve();
    });
  }

  /** Gives free devices to those who came first, passing over the runs of a loop that has its share. */
  private serve(): void {
    for (const run of [...this.waiting]) {
      const { loop } = run.request;
      if (loop !== null && this.devices.heldBy(loop.id) >= loop.concurrency) continue;
      const device = this.devices.take(run);
      if (device === null) break;
      this.waiting.splice(this.waiting.indexOf(run), 1);
      this.run(run, device);
    }
    this.poll();
  }

  private run(run: HeldRun, device: string): void {
    const { engine, temporal } = this.world;
    const seconds = engine.runSeconds(run.request);
    run.next = temporal.clock.after(1000 * seconds, () => {
      const isTaken = run.attempt.complete(engine.report(run.request, { seconds, device }));
      this.end(run, isTaken ? 'taken' : 'unheard');
      this.serve();
    });
  }

  private end(run: HeldRun, how: Lease['end']): void {
    if (!this.held.delete(run)) return;
    if (run.next !== null) run.next.happen = null;
    const at = this.waiting.indexOf(run);
    if (at >= 0) this.waiting.splice(at, 1);
    this.devices.release(run, how, this.isPolling);
  }
}
