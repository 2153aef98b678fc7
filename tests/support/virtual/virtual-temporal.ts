import type { WorkflowBundle } from '@temporalio/worker';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { ActivityExecution, type Holder } from './activity-execution.js';
import { LATENCY } from './latency.js';
import { TaskQueue } from './task-queue.js';
import { type Event, VirtualClock } from './virtual-clock.js';
import { WorkflowExecution } from './workflow-execution.js';
import { type Command, WorkflowHost } from './workflow-host.js';

/** Some moment; loops live by differences. */
const BEGINNING = Date.UTC(2026, 0, 1);

/** A server of workflows and task queues whose time is virtual: the workflows are the real ones on the real SDK. */
export class VirtualTemporal {
  readonly clock = new VirtualClock(BEGINNING);
  readonly executions = new Map<string, WorkflowExecution>();
  private readonly queues = new Map<string, TaskQueue<ActivityExecution>>();
  private readonly host: WorkflowHost;

  constructor(bundle: WorkflowBundle, activities: readonly string[]) {
    this.host = new WorkflowHost(bundle, activities);
  }

  queue(name: string): TaskQueue<ActivityExecution> {
    const found = this.queues.get(name) ?? new TaskQueue<ActivityExecution>();
    this.queues.set(name, found);
    return found;
  }

  async start(id: string, type: string, args: unknown[]): Promise<WorkflowExecution> {
    const activities = new Map<number, ActivityExecution>();
    const timers = new Map<number, Event>();
    const execution = new WorkflowExecution(id, type, {
      clock: this.clock,
      host: this.host,
      onCommand: (command) => {
        this.obey(execution, command, { activities, timers });
      },
    });
    this.executions.set(id, execution);
    await execution.begin(args);
    return execution;
  }

  /** Time goes on until every workflow has ended. */
  async run(): Promise<void> {
    await this.clock.run(() => [...this.executions.values()].every(({ ended }) => ended !== null));
  }

  async close(): Promise<void> {
    await this.host.close();
  }

  private obey(
    execution: WorkflowExecution,
    command: Command,
    { activities, timers }: { activities: Map<number, ActivityExecution>; timers: Map<number, Event> },
  ): void {
    const { scheduleActivity, startTimer } = command;
    if (scheduleActivity) {
      const seq = scheduleActivity.seq ?? 0;
      activities.set(seq, new ActivityExecution(this.holderOf(execution, activities), scheduleActivity));
    } else if (command.requestCancelActivity) {
      activities.get(command.requestCancelActivity.seq ?? 0)?.cancel();
    } else if (startTimer) {
      const seq = startTimer.seq ?? 0;
      const fire = this.clock.after(optionalTsToMs(startTimer.startToFireTimeout) ?? 0, () => {
        timers.delete(seq);
        execution.tell({ fireTimer: { seq } });
      });
      timers.set(seq, fire);
    } else if (command.cancelTimer) {
      const timer = timers.get(command.cancelTimer.seq ?? 0);
      if (timer !== undefined) timer.happen = null;
    } else if (command.startChildWorkflowExecution) throw new Error('no child workflows in virtual time');
  }

  private holderOf(execution: WorkflowExecution, open: Map<number, ActivityExecution>): Holder {
    return {
      clock: this.clock,
      enqueue: (activity) => {
        this.queue(activity.queue).offer(activity, activity.rank);
      },
      withdraw: (activity) => {
        this.queue(activity.queue).withdraw(activity);
      },
      resolve: ({ command }, result) => {
        const seq = command.seq ?? 0;
        open.delete(seq);
        this.clock.after(LATENCY.report, () => {
          execution.tell({ resolveActivity: { seq, result } });
        });
      },
    };
  }
}
