import type { WorkflowExecutionDescription } from '@temporalio/client';

const CLOSED = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** Whether the loop's workflow has ended, in whatever way. */
export const hasEnded = ({ status }: Pick<WorkflowExecutionDescription, 'status'>): boolean =>
  CLOSED.has(status.name);
