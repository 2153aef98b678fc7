import { defaultPayloadConverter } from '@temporalio/common';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { Attempt } from './attempt.js';
import type { Rank } from './task-queue.js';
import type { Event, VirtualClock } from './virtual-clock.js';
import type { ActivityCommand, Failure, Resolution } from './workflow-host.js';

/** What an activity needs of the server that holds it. */
export interface Holder {
  readonly clock: VirtualClock;
  enqueue(activity: ActivityExecution): void;
  withdraw(activity: ActivityExecution): void;
  resolve(activity: ActivityExecution, result: Resolution): void;
}

/** A scheduled activity with its timeouts and its retry policy, as the server keeps it. */
export class ActivityExecution {
  readonly type: string;
  readonly queue: string;
  readonly args: unknown[];
  readonly scheduledAt: number;
  /** since when the present attempt waits for a worker */
  waitingSince: number;
  private attempt = 0;
  private current: Attempt | null = null;
  private timeout: Event | null = null;
  private closed = false;

  constructor(
    private readonly holder: Holder,
    readonly command: ActivityCommand,
  ) {
    this.type = command.activityType ?? '';
    this.queue = command.taskQueue ?? '';
    this.args = (command.arguments ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload));
    this.scheduledAt = holder.clock.now;
    this.waitingSince = holder.clock.now;
    this.offer();
  }

  get rank(): Rank {
    const { priorityKey, fairnessKey } = this.command.priority ?? {};
    return { priority: priorityKey || 3, fairness: fairnessKey ?? '' };
  }

  /** A worker takes it. */
  start(): Attempt {
    const close = (end: () => void): boolean => {
      if (this.current !== attempt) return false;
      this.release();
      end();
      return true;
    };
    const attempt: Attempt = {
      number: this.attempt,
      onCancel: null,
      complete: (result) =>
        close(() => {
          this.resolve({ completed: { result: defaultPayloadConverter.toPayload(result) ?? null } });
        }),
      fail: (message, type, nonRetryable = false) =>
        close(() => {
          const cause = { message, applicationFailureInfo: { type, nonRetryable } };
          if (type === 'Cancelled')
            this.resolve({ cancelled: { failure: this.failureOf(canceled(message)) } });
          else this.again(cause, nonRetryable);
        }),
      vanish: (lastHeartbeat) => {
        if (this.current !== attempt) return;
        const left = lastHeartbeat + (optionalTsToMs(this.command.heartbeatTimeout) ?? Infinity) - this.now;
        if (Number.isFinite(left)) this.arm(left, 'heartbeat timeout');
      },
    };
    this.current = attempt;
    this.arm(optionalTsToMs(this.command.startToCloseTimeout) ?? 0, 'start-to-close timeout');
    return attempt;
  }

  cancel(): void {
    if (this.closed) return;
    if (this.current !== null) return this.current.onCancel?.();
    this.holder.withdraw(this);
    this.resolve({ cancelled: { failure: this.failureOf(canceled('cancelled before it began')) } });
  }

  private get now(): number {
    return this.holder.clock.now;
  }

  private offer(): void {
    if (this.closed) return;
    this.attempt++;
    this.waitingSince = this.now;
    this.holder.enqueue(this);
  }

  private release(): void {
    this.current = null;
    if (this.timeout !== null) this.timeout.happen = null;
    this.timeout = null;
  }

  private arm(ms: number, message: string): void {
    if (this.timeout !== null && this.timeout.at <= this.now + ms) return;
    if (this.timeout !== null) this.timeout.happen = null;
    this.timeout = this.holder.clock.after(ms, () => {
      this.release();
      this.again({ message, timeoutFailureInfo: {} }, false);
    });
  }

  /** The retry policy's turn. */
  private again(cause: Failure, nonRetryable: boolean): void {
    const { maximumAttempts, initialInterval, backoffCoefficient, maximumInterval } =
      this.command.retryPolicy ?? {};
    const most =
      maximumAttempts !== null && maximumAttempts !== undefined && maximumAttempts > 0
        ? maximumAttempts
        : Infinity;
    if (nonRetryable || this.attempt >= most)
      return this.resolve({ failed: { failure: this.failureOf(cause) } });
    const first = optionalTsToMs(initialInterval) ?? 1000;
    const grown = first * (backoffCoefficient ?? 2) ** (this.attempt - 1);
    this.holder.clock.after(Math.min(grown, optionalTsToMs(maximumInterval) ?? 100 * first), () => {
      this.offer();
    });
  }

  private resolve(result: Resolution): void {
    this.closed = true;
    this.holder.resolve(this, result);
  }

  private failureOf(cause: Failure): Failure {
    const { activityId, activityType } = this.command;
    return {
      message: 'Activity task failed',
      cause,
      activityFailureInfo: { activityId: activityId ?? '', activityType: { name: activityType ?? '' } },
    };
  }
}

const canceled = (message: string): Failure => ({ message, canceledFailureInfo: {} });
