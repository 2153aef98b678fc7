import type { Ready } from '../../../contract/proposal.js';
import { DATA_RESPONSE } from '../../../domain/data/data-finding.js';
import { inspectData } from '../activities.js';
import { finish } from '../finish.js';
import type { Loop } from '../loop.js';
import { raise } from './raise.js';

/** Ends a candidate whose data has collapsed before any run is paid for; the proposer reads why, and what to do. */
export const hasCollapsed = async (loop: Loop, prepared: Ready): Promise<boolean> => {
  const { task, source } = loop.input;
  const { experiment, commit } = prepared;
  if (task.data === undefined) return false;
  const summary = `look at the data of experiment ${String(experiment)}`;
  const { finding } = await inspectData.executeWithOptions({ summary }, [
    { source, data: task.data, commit },
  ]);
  if (finding === null) return false;
  raise(loop, { mode: 'data-collapse', experiment, why: finding, response: [...DATA_RESPONSE] });
  const reason = `${finding}; ${DATA_RESPONSE.join(', ')}`;
  finish(loop, prepared, { outcome: 'guard_failed', reason, measurements: [], evidence: null });
  return true;
};
