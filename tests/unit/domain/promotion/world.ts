import { openPromotion, stepPromotion } from '../../../../src/domain/acceptance/promotion.js';
import type {
  Artifact,
  PromotionEvent,
  PromotionOptions,
  PromotionState,
  Wanted,
} from '../../../../src/contract/promotion.js';
import { normals } from '../../../support/normals.js';

export const OPTIONS: PromotionOptions = {
  every: 5,
  alpha: 0.05,
  beta: 0.2,
  nmax: 20,
  evidence: 'z',
  noise: { sd: 1, delta: 1, tau: 1, bound: 6 },
  least: 0,
  share: false,
  repeats: 3,
  margin: 0,
  pairedScouts: false,
};

/** Carries on a loop whose proposals have given true effects; answers every wish, keeps every turn. */
export const play = (
  options: PromotionOptions,
  setting: { effects: (change: number) => number; noise: number; turns: number; seed?: number },
) => {
  const standard = normals('promotion', setting.seed ?? 0);
  const normal = () => setting.noise * standard();
  const worth = new Map<string, number>([['start', 0]]);
  const of = ({ base, changes }: Artifact): number =>
    changes.reduce((sum, change) => sum + (worth.get(change) ?? 0), worth.get(base) ?? 0);
  const run = (artifact: Artifact): number => of(artifact) + normal();
  const turns: { wanted: Wanted; state: PromotionState }[] = [];
  const promoted: { changes: string[]; gain: number }[] = [];
  let { state, wanted } = openPromotion(options, 'start');
  const answer = (id: number): PromotionEvent => {
    switch (wanted.kind) {
      case 'run':
        return { kind: 'ran', value: run(wanted.artifact) };
      case 'scout': {
        worth.set(`c${String(id)}`, setting.effects(id));
        const { base, changes } = wanted.onto;
        return {
          kind: 'scouted',
          change: `c${String(id)}`,
          value: run({ base, changes: [...changes, `c${String(id)}`] }),
        };
      }
      case 'pair':
        return { kind: 'paired', left: run(wanted.left), right: run(wanted.right) };
      case 'seal': {
        const { base, changes } = wanted.artifact;
        promoted.push({ changes, gain: of(wanted.artifact) - (worth.get(base) ?? 0) });
        worth.set(`t${String(id)}`, of(wanted.artifact));
        return { kind: 'sealed', commit: `t${String(id)}` };
      }
      case 'none':
        throw new RangeError(wanted.reason);
    }
  };
  for (let id = 0; id < setting.turns; id++) {
    turns.push({ wanted, state });
    ({ state, wanted } = stepPromotion(state, answer(id)));
  }
  return { turns, promoted, state, wanted, worth: of(state.trunk) };
};
