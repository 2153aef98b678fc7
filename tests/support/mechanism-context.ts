import type { Knob, MechanismContext, Trial } from '../../src/contract/mechanism.js';

export const SPACE: readonly Knob[] = [
  { id: 'lr', kind: 'number', values: [0.01, 0.03, 0.1, 0.3], group: 'optimizer' },
  { id: 'depth', kind: 'integer', range: [1, 12], group: 'model' },
  { id: 'act', kind: 'choice', values: ['relu', 'gelu'], group: 'model' },
];

export const trialOf = (of: Partial<Trial>): Trial => ({
  id: 1,
  parentId: 0,
  moves: [{ knob: 'lr', step: 1 }],
  key: 'lr+',
  config: { lr: 0.1, depth: 4, act: 'relu' },
  operator: 'mutate',
  scores: { mean: 0.5, se: 0.02, n: 1 },
  dy: 0.1,
  status: 'revert',
  fidelity: 1,
  cost: 1,
  ...of,
});

export const contextOf = (of: Partial<MechanismContext> = {}): MechanismContext => ({
  t: 1,
  T: 30,
  budgetLeft: 29 / 30,
  space: SPACE,
  incumbent: { id: 0, config: { lr: 0.03, depth: 4, act: 'relu' }, mean: 0.4, se: 0.02, n: 1 },
  trials: [],
  elites: [{ id: 9, config: { lr: 0.3, depth: 2, act: 'gelu' }, mean: 0.6 }],
  noise: { sigma: 0.02, rho: 0 },
  operators: ['mutate', 'model'],
  rnd: Array.from({ length: 64 }, (_, i) => (i * 2_654_435_761) % 2 ** 32),
  priorStats: {},
  ...of,
});
