import { condition, isCancellation } from '@temporalio/workflow';
import type { Rescored } from '../../../contract/research.js';
import { meanText } from '../../../domain/research/mean-text.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';

/** Run numbers that no experiment uses: their seeds are fresh, the same for both. */
const FIRST_INDEX = 2000;

const FAILED = { value: null } as const;

/** Runs what stands at the end and the unchanged artifact in turns on fresh seeds; what they come to decides nothing below. */
export const rescore = async (loop: Loop, measure: Measure): Promise<Rescored | undefined> => {
  const { rescore: times = 0, source } = loop.input;
  const stands = whatStands(loop.state);
  const noiseless = loop.state.noise !== null && loop.state.noise.n > 1 && loop.state.noise.sigma === 0;
  if (times === 0 || stands === null || stands.experiment === 0 || noiseless) return undefined;
  const rescored: Rescored = { incumbent: [], baseline: [] };
  for (let run = 0; run < times; run++) {
    const plan = { experiment: 0, index: FIRST_INDEX + run, guards: false };
    const of = async (role: 'incumbent' | 'baseline', commit: string) => {
      for (;;) {
        try {
          const { status, value } = await measure(
            loop,
            { ...plan, role, commit },
            'measured anew at the end',
          );
          return status === 'ok' ? { value } : FAILED;
        } catch (error) {
          if (isCancellation(error)) throw error;
          loop.halt(`the end could not be measured: ${failureText(error)}`);
          await condition(() => loop.state.phase !== 'paused');
        }
      }
    };
    rescored.incumbent.push((await of('incumbent', stands.commit)).value);
    rescored.baseline.push((await of('baseline', source.baseCommit)).value);
  }
  loop.event('notice', `measured anew at the end: ${meanText(rescored)}`);
  return rescored;
};
