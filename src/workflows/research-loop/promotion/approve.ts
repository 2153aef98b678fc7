import { condition } from '@temporalio/workflow';
import type { Trial } from './trial.js';
import type { PromotionVerdict } from './conduct.js';

/** Asks a person for a promotion that all else speaks for. */
export const askPerson = async (trial: Trial, verdict: PromotionVerdict): Promise<PromotionVerdict> => {
  const { loop, prepared, begun } = trial;
  const { experiment } = prepared;
  const { reason } = verdict;
  loop.state.awaiting.push({ prepared, measurements: [], against: begun.trunk.experiment, reason });
  loop.changed = true;
  await condition(() => loop.answers.has(experiment));
  const rejection = loop.answers.get(experiment) ?? null;
  loop.answers.delete(experiment);
  loop.event(
    rejection === null ? 'approved' : 'rejected',
    `promotion ${String(experiment)}: ${rejection ?? reason}`,
  );
  return rejection === null
    ? { ...verdict, reason: `${reason}; approved by a person` }
    : { outcome: 'discard', reason: `rejected: ${rejection}`, end: 'given-up' };
};
