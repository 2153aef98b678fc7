import { CancellationScope, isCancellation, patched } from '@temporalio/workflow';

/**
 * Whether a step ended because it was cancelled. Whoever cancels it doesn't care how it ends: one whose host is dead never
 * hears of it, and fails of silence instead.
 */
export const wasCancelled = (error: unknown, scope = CancellationScope.current()): boolean =>
  isCancellation(error) || (scope.consideredCancelled && patched('failed while cancelled'));
