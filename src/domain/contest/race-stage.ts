import type { Block, ContestState } from '../../contract/contest.js';
import type { TestState } from '../../contract/evidence.js';
import { worseByFriedman } from '../arms/friedman.js';
import { FEWEST_BLOCKS } from '../arms/race.js';
import { bestFirst } from '../arms/best-first.js';
import { worseByT } from '../arms/worse-by-t.js';
import { keepStep } from '../evidence/keep-step.js';
import { mean } from '../statistics.js';
import { gainsOf } from './gains-of.js';
import { fresh, withFate } from './open-contest.js';
import { isSpoilt, required } from './required.js';

type Race = Extract<ContestState['phase'], { kind: 'race' }>;

/** Arms without those that failed where the incumbent ran. */
const withoutFailed = (
  state: ContestState,
  race: Race,
  block: Block,
): { state: ContestState; race: Race } => {
  let next = state;
  const alive = race.alive.filter((arm) => {
    const cell = block.cells[arm];
    if (typeof cell !== 'string') return true;
    next = withFate(next, arm, { end: 'failed', status: cell, block: state.judged });
    return false;
  });
  return { state: next, race: { ...race, alive } };
};

/** Feeds each arm's test; what has passed once has passed, since the e-value's bound holds for all times together. */
const tested = ({ options }: ContestState, race: Race, block: Block): { race: Race; hopeless: number[] } => {
  const theirs = block.cells[0];
  const tests: Record<number, TestState> = {};
  const passed = [...race.passed];
  const hopeless: number[] = [];
  const endless = { ...options.test, nmax: Number.MAX_SAFE_INTEGER };
  for (const arm of race.alive) {
    const [ours, before] = [block.cells[arm], race.tests[arm]];
    if (before === undefined) continue;
    tests[arm] = before;
    if (typeof ours !== 'number' || typeof theirs !== 'number') continue;
    const step = keepStep(endless, before, ours - theirs);
    tests[arm] = step.state;
    if (step.decision === 'keep' && !passed.includes(arm)) passed.push(arm);
    if (step.decision === 'revert' && !passed.includes(arm)) hopeless.push(arm);
  }
  return { race: { ...race, tests, passed }, hopeless };
};

/** Arms that ranks or t find worse than the best, over all seeds that say something. */
const worse = (state: ContestState, race: Race): number[] => {
  const arms = required({ ...state, phase: race }, { cells: {} });
  const rows = state.blocks
    .slice(0, state.judged)
    .filter((block) => !isSpoilt(block))
    .map(({ cells }) => arms.map((arm) => (typeof cells[arm] === 'number' ? cells[arm] : Number.NaN)));
  const { test, alpha } = state.options.drop;
  const out = (test === 'friedman' ? worseByFriedman : worseByT)(rows, alpha);
  return out.flatMap((at) => arms[at] ?? []).filter((arm) => arm !== 0);
};

const dropAll = (
  { state, race }: { state: ContestState; race: Race },
  arms: readonly number[],
  end: 'worse' | 'hopeless',
): { state: ContestState; race: Race } => ({
  state: arms.reduce((sofar, arm) => withFate(sofar, arm, { end, block: state.judged }), state),
  race: { ...race, alive: race.alive.filter((arm) => !arms.includes(arm)) },
});

/** The race is over: the best that has passed wins if its gain counts; nobody else does. */
export const endRace = (state: ContestState): ContestState => {
  const { phase, judged, options } = state;
  if (phase.kind !== 'race') return state;
  const passed = phase.alive.filter((arm) => phase.passed.includes(arm));
  const [best] = bestFirst(passed, (arm) => meanOf(state, arm));
  const gain = best === undefined ? 0 : mean(gainsOf(state, best));
  const enough = best !== undefined && gain >= options.least;
  const ended = phase.alive.reduce((sofar, arm) => {
    if (arm === best) return enough ? sofar : withFate(sofar, arm, { end: 'small', block: judged });
    const end = best === undefined ? 'undecided' : 'beaten';
    return withFate(sofar, arm, { end, block: judged });
  }, fresh(state));
  return enough
    ? { ...ended, phase: { kind: 'standing', arm: best, from: judged, spoilt: 0 } }
    : { ...ended, phase: { kind: 'over' } };
};

const meanOf = (state: ContestState, arm: number): number =>
  mean(
    state.blocks
      .slice(0, state.judged)
      .flatMap(({ cells }) => (typeof cells[arm] === 'number' ? [cells[arm]] : [])),
  );

const isEnded = ({ judged, options }: ContestState, { alive, passed, spoilt }: Race): boolean => {
  const [last] = alive;
  if (last === undefined || spoilt >= options.test.nmax) return true;
  if (judged - spoilt >= options.test.nmax) return true;
  return alive.length === 1 && passed.includes(last);
};

/**
 * One seed of a race, run by all arms that are alive and by the incumbent. From the fifth on those go that are worse
 * than the best, or whose gain over the incumbent has become implausible. The incumbent stays until everybody alive has
 * passed its test against it.
 */
export const raceStage = (state: ContestState, block: Block): ContestState => {
  if (state.phase.kind !== 'race') return state;
  if (isSpoilt(block)) {
    const race = { ...state.phase, spoilt: state.phase.spoilt + 1 };
    const next = { ...state, phase: race };
    return isEnded(next, race) ? endRace(next) : next;
  }
  let now = withoutFailed(state, state.phase, block);
  const { race, hopeless } = tested(now.state, now.race, block);
  now = { ...now, race };
  const n = state.judged - race.spoilt;
  if (n >= FEWEST_BLOCKS || race.alive.length === 1) now = dropAll(now, hopeless, 'hopeless');
  if (n >= FEWEST_BLOCKS) now = dropAll(now, worse(now.state, now.race), 'worse');
  const next = { ...now.state, phase: now.race };
  return isEnded(next, now.race) ? endRace(next) : next;
};
