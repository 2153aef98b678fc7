import { patched } from '@temporalio/workflow';
import type { Measurement } from '../../contract/measurement.js';
import type { Question } from '../../domain/acceptance/decide.js';
import { beginsAnew, overtakenIn } from '../../domain/acceptance/overtaken.js';
import type { Loop } from './loop.js';

/** Whether both runs of a pair must be made at one time; loops from before that go on as they began. */
export const pairsOfOneTime = ({ state, input }: Loop): boolean =>
  beginsAnew(input.task.acceptance, state) && patched('pairs of one time');

/** Where the pairs with the present incumbent begin, if it isn't the one that this candidate was first run beside. */
export const overtaken = (loop: Loop, runs: readonly Measurement[]): Pick<Question, 'overtaken'> => {
  const { incumbent } = loop.state;
  if (incumbent === null || !pairsOfOneTime(loop)) return {};
  const found = overtakenIn(runs, incumbent.commit);
  return found === null ? {} : { overtaken: found };
};
