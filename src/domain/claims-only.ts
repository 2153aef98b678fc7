import type { RunReport } from '../contract/run-schema.js';

/** Only claims of the metric, no touched files or processes: how the task's own code prints, and no tampering. */
export const claimsOnly = ({ status, tampering }: Pick<RunReport, 'status' | 'tampering'>): boolean =>
  status === 'tampered' && tampering.length > 0 && tampering.every((text) => text.startsWith('claimed '));
