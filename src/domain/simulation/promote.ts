import type { Trial } from '../../contract/mechanism.js';
import { openPromotion, stepPromotion } from '../acceptance/promotion.js';
import type { Config } from '../mechanism/apply-moves.js';
import { promotionOptions } from '../promotion/promotion-options.js';
import { beginTest } from '../promotion/test-branch.js';
import { wantedOf } from '../promotion/wanted.js';
import { acceptanceOf } from './judge.js';
import type { Promoting, SimulatedLoop, Standing } from './loop-state.js';

/** One whole run; null is a crash. */
type Measure = (config: Config) => number | null;

/** A trunk that was measured before the loop began, and `every` experiments between two tests. */
export const openPromoting = (
  trunk: Standing,
  { every, sigma }: { every: number; sigma: number },
): Promoting => {
  const options = promotionOptions(
    { ...acceptanceOf(0), rule: 'branch+promote', every },
    { direction: 'maximize', value: trunk.mean, n: trunk.n, noise: { sigma, n: trunk.n } },
  );
  let { state } = openPromotion({ ...options, repeats: 1 }, 'start');
  state = stepPromotion(state, { kind: 'ran', value: trunk.mean }).state;
  return { state: { ...state, options: { ...options, repeats: STANDING } }, trunk, runs: 0 };
};

/** Fresh runs that a new trunk's standing rests on. */
const STANDING = 3;

/** Whether a candidate of this score would join the branch. */
export const isProvisional = (value: number | null, { state }: Promoting): boolean =>
  value !== null && value > (state.best ?? Number.NEGATIVE_INFINITY);

/** Tests, promotions and standings until the state waits for the next candidate. */
const drive = (before: Promoting, head: Standing, measure: Measure): Promoting => {
  let { state, trunk, runs } = before;
  const run = (config: Config): number | null => {
    runs += 1;
    return measure(config);
  };
  for (let wanted = wantedOf(state); wanted.kind !== 'scout' && wanted.kind !== 'none';) {
    if (wanted.kind === 'seal') trunk = head;
    const event =
      wanted.kind === 'seal'
        ? { kind: 'sealed' as const, commit: String(head.id) }
        : wanted.kind === 'run'
          ? { kind: 'ran' as const, value: run(trunk.config) }
          : { kind: 'paired' as const, left: run(head.config), right: run(trunk.config) };
    ({ state, wanted } = stepPromotion(state, event));
  }
  const { standing } = state;
  const mean = standing.reduce((sum, { value }) => sum + value, 0) / Math.max(1, standing.length);
  return { state, trunk: standing.length === 0 ? trunk : { ...trunk, mean, n: standing.length }, runs };
};

const settled = (loop: SimulatedLoop, promoting: Promoting): SimulatedLoop => {
  const { state, trunk } = promoting;
  if (state.branch.length > 0) return { ...loop, promoting };
  const reset = loop.incumbent.id !== trunk.id;
  const incumbent = { ...trunk, mean: state.best ?? trunk.mean };
  return { ...loop, promoting, incumbent, walker: reset ? incumbent : loop.walker };
};

/** The loop after a candidate's whole run was judged: sometimes the branch is tested, and is the trunk then, or nothing. */
export const afterCandidate = (
  loop: SimulatedLoop,
  { id, scores }: Trial,
  measure: Measure,
): SimulatedLoop => {
  if (loop.promoting === null) return loop;
  const { state } = stepPromotion(loop.promoting.state, {
    kind: 'scouted',
    change: String(id),
    value: scores?.mean ?? null,
  });
  return settled(loop, drive({ ...loop.promoting, state }, loop.incumbent, measure));
};

/** At the end of the budget what lies on the branch is tested once more. */
export const closePromoting = (loop: SimulatedLoop, measure: Measure): SimulatedLoop => {
  const { promoting } = loop;
  if (promoting === null || promoting.state.branch.length === 0) return loop;
  const state = beginTest(promoting.state);
  return settled(loop, drive({ ...promoting, state }, loop.incumbent, measure));
};
