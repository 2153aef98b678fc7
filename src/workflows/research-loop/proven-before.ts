import { patched } from '@temporalio/workflow';
import type { Question } from '../../domain/acceptance/decide.js';
import { isDeterministic } from '../../domain/acceptance/without-noise.js';
import type { Loop } from './loop.js';

/**
 * What keeps have to be better than once the metric turns out to be noisy. Noise is found once in a loop, and whatever was
 * kept before rests on a metric without any: the unchanged artifact alone needs no such proof.
 */
export const provenBefore = ({ state, input }: Loop): Pick<Question, 'proven'> => {
  const { baseline, incumbent } = state;
  if (baseline === null || incumbent === null || incumbent.experiment === 0) return {};
  if (!isDeterministic(state) || !patched('keeps put to proof')) return {};
  return { proven: { commit: input.source.baseCommit, ...baseline } };
};
