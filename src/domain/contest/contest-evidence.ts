import type { ContestState } from '../../contract/contest.js';
import type { Noise } from '../../contract/loop.js';
import type { Evidence } from '../acceptance/rule.js';
import { upward } from '../promotion/upward.js';
import type { Direction } from '../score.js';

export interface HeldContest {
  state: ContestState;
  /** experiments by arm */
  arms: readonly number[];
  number: number;
  /** why it was stopped before its end; null: it was not */
  stopped: string | null;
  direction: Direction;
  against: { value: number; n: number };
  noise: Noise | null;
}

/** An arm's runs at the whole budget, the incumbent's beside them, and what the contest said; everything in one row. */
export const contestEvidence = (held: HeldContest, arm: number, withTable: boolean): Evidence => {
  const { state, direction, against, noise } = held;
  const { options, firstSeed, fates } = state;
  const whole = state.blocks.filter(({ fidelity, cells }) => fidelity === 1 && cells[arm] !== undefined);
  const samples = (whose: number, blocks: ContestState['blocks']) =>
    blocks.flatMap(({ seed, cells }) => {
      const cell = cells[whose];
      return typeof cell === 'number' ? [{ index: seed - firstSeed, value: upward(direction, cell) }] : [];
    });
  const tested = state.testedFrom === null ? [] : state.blocks.slice(state.testedFrom);
  const { standing } = state;
  const won = fates[arm]?.end === 'won' && standing !== null;
  return {
    direction,
    candidate: samples(arm, whole),
    incumbent: samples(
      0,
      whole.filter((block) => tested.includes(block)),
    ),
    standing: { value: against.value, n: against.n },
    noise,
    contest: {
      rule: options.rule,
      number: held.number,
      arms: [...held.arms],
      arm,
      fate: fates[arm] ?? null,
      standing: won ? { value: upward(direction, standing.value), n: standing.n } : null,
      ...(withTable ? { table: { blocks: state.blocks, stopped: held.stopped } } : {}),
    },
  };
};

/** Whose row holds the incumbent's runs and the whole table: the winner's, or that of whoever was run most often. */
export const bearerOf = ({ blocks, fates, options }: ContestState): number => {
  const runs = (arm: number): number => blocks.filter(({ cells }) => cells[arm] !== undefined).length;
  let bearer = 1;
  for (let arm = 1; arm <= options.arms; arm++) {
    if (fates[arm]?.end === 'won') return arm;
    if (runs(arm) > runs(bearer)) bearer = arm;
  }
  return bearer;
};
