import type { Artifact, PromotionState, Wanted } from '../../contract/promotion.js';

/** The trunk with the branch's changes on it. */
export const headOf = ({ trunk, branch }: PromotionState): Artifact => ({
  base: trunk.base,
  changes: [...trunk.changes, ...branch],
});

/** The same without one of the branch's changes. */
export const withoutChange = (state: PromotionState, at: number): Artifact =>
  headOf({ ...state, branch: state.branch.toSpliced(at, 1) });

/** The seed that this epoch scouts on: one of the trunk's own runs, another each epoch. */
export const scoutingRun = ({ standing, epoch }: PromotionState) => standing[epoch % standing.length];

/** What the state waits for; derived, so that a resumed workflow asks for the same again. */
export const wantedOf = (state: PromotionState): Wanted => {
  const { phase, nextSeed: seed, trunk } = state;
  switch (phase.kind) {
    case 'standing':
      return { kind: 'run', artifact: trunk, seed };
    case 'scout': {
      const shared = state.options.pairedScouts ? scoutingRun(state)?.seed : undefined;
      return { kind: 'scout', onto: headOf(state), seed: shared ?? seed };
    }
    case 'test':
      return { kind: 'pair', left: headOf(state), right: trunk, seed };
    case 'prune':
      return { kind: 'pair', left: withoutChange(state, phase.at), right: headOf(state), seed };
    case 'seal':
      return { kind: 'seal', artifact: headOf(state) };
    case 'halted':
      return { kind: 'none', reason: phase.reason };
  }
};
