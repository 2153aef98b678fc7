import { defaultPayloadConverter } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Workflow } from '@temporalio/worker/lib/workflow/interface.js';
import { eventsOfCommand, eventsOfJob, TASK_BEGUN, TASK_ENDED } from './history-length.js';
import { LATENCY } from './latency.js';
import type { VirtualClock } from './virtual-clock.js';
import type { Command, Job, WorkflowHost } from './workflow-host.js';

/** The server's default. */
const SUGGESTED_EVENTS = 4096;

/** Whatever a run of a workflow asks of the server beside its own end. */
export type OnCommand = (command: Command) => void;

export interface Parts {
  clock: VirtualClock;
  host: WorkflowHost;
  onCommand: OnCommand;
}

export type Ended = { result: unknown } | { failure: string };

/** One workflow id: its runs one after another, each with the history that the server would have. */
export class WorkflowExecution {
  ended: Ended | null = null;
  runs = 0;
  mostEvents = 0;
  private workflow: Workflow | null = null;
  private events = 0;
  private runId = '';
  private readonly buffered: Job[] = [];
  private isBusy = false;

  constructor(
    readonly id: string,
    readonly type: string,
    private readonly parts: Parts,
  ) {}

  async begin(args: unknown[]): Promise<void> {
    const { clock, host } = this.parts;
    this.runId = `${this.id}#${String(++this.runs)}`;
    const [workflowId, workflowType, runId] = [this.id, this.type, this.runId];
    this.workflow = await host.create({ workflowId, workflowType, runId, now: clock.now });
    this.events = 1;
    this.buffered.length = 0;
    this.tell({
      initializeWorkflow: {
        workflowId,
        workflowType,
        arguments: args.map((one) => defaultPayloadConverter.toPayload(one)),
      },
    });
  }

  /** Something that the workflow is to know, in its next task. */
  tell(job: Job): void {
    if (this.ended !== null) return;
    this.buffered.push(job);
    if (this.isBusy) return;
    this.isBusy = true;
    this.parts.clock.after(LATENCY.workflowTask, () => this.task());
  }

  private async task(): Promise<void> {
    const jobs = this.buffered.splice(0);
    this.events += jobs.reduce((sum, job) => sum + eventsOfJob(job), TASK_BEGUN);
    const completion = await this.workflow?.activate({
      runId: this.runId,
      timestamp: msToTs(this.parts.clock.now),
      isReplaying: false,
      historyLength: this.events,
      continueAsNewSuggested: this.events >= SUGGESTED_EVENTS,
      jobs,
    });
    this.isBusy = false;
    if (completion?.failed) throw new Error(completion.failed.failure?.message ?? 'a workflow task failed');
    await this.workflow?.getAndResetSinkCalls();
    const commands = completion?.successful?.commands ?? [];
    this.events += commands.reduce((sum, command) => sum + eventsOfCommand(command), TASK_ENDED);
    this.mostEvents = Math.max(this.mostEvents, this.events);
    for (const command of commands) await this.obey(command);
  }

  private async obey(command: Command): Promise<void> {
    const { continueAsNewWorkflowExecution: next, completeWorkflowExecution: done } = command;
    if (next) {
      await this.workflow?.dispose();
      const args = (next.arguments ?? []).map((one) => defaultPayloadConverter.fromPayload(one));
      await this.begin(args);
    } else if (done) {
      await this.end({ result: done.result ? defaultPayloadConverter.fromPayload(done.result) : undefined });
    } else if (command.failWorkflowExecution) {
      await this.end({ failure: command.failWorkflowExecution.failure?.message ?? '' });
    } else this.parts.onCommand(command);
  }

  private async end(ended: Ended): Promise<void> {
    this.ended = ended;
    await this.workflow?.dispose();
    this.workflow = null;
  }
}
