import type { Command, Job } from './workflow-host.js';

/** Events of a workflow task that was scheduled and started, which its code already sees counted, and of its end. */
export const TASK_BEGUN = 2;
export const TASK_ENDED = 1;

/** Events that the server writes for a command. */
export const eventsOfCommand = (command: Command): number => {
  if (command.setPatchMarker) return 2; // the marker, and the search attribute that names it
  if (command.updateResponse) return command.updateResponse.rejected ? 0 : 1;
  return command.cancelTimer || command.requestCancelActivity ? 1 : command.respondToQuery ? 0 : 1;
};

/** Events that have been written by the time that a workflow is told this. */
export const eventsOfJob = (job: Job): number =>
  job.resolveActivity ? 2 : job.doUpdate || job.initializeWorkflow ? 0 : 1;
