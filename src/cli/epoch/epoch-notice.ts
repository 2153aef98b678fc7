import type { LoopInput } from '../../contract/loop.js';
import type { Engine } from '../engine.js';
import { environmentChanges } from '../../storage/evaluator/environment.js';

/** Tells that the newest loop of the same task was scored by another evaluator: their scores must not be compared. */
export const epochNotices = async (
  { ledger }: Pick<Engine, 'ledger'>,
  { task, source, forkedFrom }: Pick<LoopInput, 'task' | 'source' | 'forkedFrom'>,
): Promise<string[]> => {
  if (forkedFrom !== null || source.evaluatorHash === null) return [];
  const before = (await ledger.loops()).findLast((one) => one.task === task.name);
  if (before?.evaluatorHash == null) return [];
  const parts = environmentChanges(before.environment ?? undefined, source.environment);
  const changed = before.evaluatorHash !== source.evaluatorHash;
  if (!changed && parts.length === 0) return [];
  const what = changed ? 'the protected files have changed' : `changed: ${parts.join(', ')}`;
  return [
    `another evaluator than in ${before.loop} (${what}): scores of the two can't be compared; \`autolift epoch ${before.loop}\` goes on from there`,
  ];
};
