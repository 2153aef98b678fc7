import { CancellationScope, CancelledFailure, condition, isCancellation } from '@temporalio/workflow';
import type { Rescored } from '../../../contract/research.js';
import { meanText } from '../../../domain/research/mean-text.js';
import { ranItsCourse } from '../../../domain/research/ran-its-course.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import { wasCancelled } from '../was-cancelled.js';

/** Run numbers that no experiment uses: their seeds are fresh, the same for both. */
const FIRST_INDEX = 2000;

/** One fresh run, again after a pause where infrastructure failed; null: it has no value. */
const freshRun = async (
  loop: Loop,
  measure: Measure,
  { role, commit, run }: { role: 'incumbent' | 'baseline'; commit: string; run: number },
): Promise<number | null> => {
  const plan = { experiment: 0, index: FIRST_INDEX + run, guards: false, role, commit };
  for (;;) {
    try {
      const { status, value } = await measure(loop, plan, 'measured anew at the end');
      return status === 'ok' ? value : null;
    } catch (error) {
      if (isCancellation(error)) throw error;
      if (wasCancelled(error)) throw new CancelledFailure('stopped while it was measured anew');
      loop.halt(`the end could not be measured: ${failureText(error)}`);
      await condition(() => loop.state.phase !== 'paused');
    }
  }
};

/** Whether anybody will look at it: something was kept, its score may be luck, and the loop was not stopped. */
const isWanted = ({ state }: Loop): boolean =>
  (whatStands(state)?.experiment ?? 0) > 0 &&
  !(state.noise !== null && state.noise.n > 1 && state.noise.sigma === 0) &&
  ranItsCourse({ stopped: state.note });

/**
 * Of a child loop: runs what stands at the end and the unchanged artifact in turns on fresh seeds. What they come to
 * decides nothing here. Cancelling ends it at once, and then the loop did not run its course.
 */
export const rescore = async (loop: Loop, measure: Measure): Promise<Rescored | undefined> => {
  const { rescore: times, source } = loop.input;
  const stands = whatStands(loop.state);
  if (times === undefined || stands === null || !isWanted(loop)) return undefined;
  const rescored: Rescored = { incumbent: [], baseline: [] };
  const scope = new CancellationScope({ cancellable: true });
  loop.notes.add(scope);
  try {
    await scope.run(async () => {
      for (let run = 0; run < times; run++) {
        const { commit } = stands;
        rescored.incumbent.push(await freshRun(loop, measure, { role: 'incumbent', commit, run }));
        const base = { role: 'baseline' as const, commit: source.baseCommit, run };
        rescored.baseline.push(await freshRun(loop, measure, base));
      }
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
    loop.state = { ...loop.state, note: loop.stopping ?? 'cancelled' };
    return undefined;
  } finally {
    loop.notes.delete(scope);
  }
  loop.event('notice', `measured anew at the end: ${meanText(rescored)}`);
  return rescored;
};
