import { ApplicationFailure } from '@temporalio/workflow';
import type { RunReport } from '../../../contract/run-schema.js';
import { otherClass } from '../../../domain/device/same-class.js';

/** The entrance of every score: one of another class than it was asked for on meets no other. */
export const refuseForeign = (report: RunReport, asked: string): void => {
  const why = otherClass(asked, report);
  if (why !== null) throw ApplicationFailure.nonRetryable(why, 'ForeignScore');
};
