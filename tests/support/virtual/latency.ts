/**
 * What the way through server and workers takes, in milliseconds. Several times what is measured between processes of one
 * machine: hosts of a fleet are further away.
 */
export const LATENCY = {
  /** from the first event to the end of the workflow task that takes it in */
  workflowTask: 30,
  /** from a match of task and poller to the activity's first line */
  dispatch: 20,
  /** from an activity's last line to the event in the history */
  report: 20,
  /** checkout of a candidate before it asks for its device */
  checkout: 100,
} as const;

/** Workers tell the server that often at least that an activity lives. */
export const HEARTBEAT_MS = 5000;
