import type { Json } from '../../src/contract/json.js';
import type { Directive, Elite, MechanismContext, Trial } from '../../src/contract/mechanism.js';
import { load } from './mechanism-library.js';

const config = { a: 3, b: 3, c: 3 };
const space = ['a', 'b', 'c'].map((id) => ({ id, kind: 'integer', values: [0, 1, 2, 3, 4, 5, 6] }) as const);

export const trial = (id: number, knob: string, of: Partial<Trial> & { step?: number } = {}): Trial => {
  const { step = 1, ...rest } = of;
  return {
    id,
    parentId: 0,
    moves: [{ knob, step }],
    key: `${knob}${step < 0 ? '-' : '+'}${Math.abs(step) === 1 ? '' : String(Math.abs(step))}`,
    config: { ...config, [knob]: 3 + step },
    operator: 'model',
    scores: { mean: 0.1, se: 0.02, n: 1 },
    dy: -0.1,
    status: 'revert',
    fidelity: 1,
    cost: 1,
    ...rest,
  };
};

/** A loop that has proposed two changes over and over, and one that it lost narrowly. */
export const STUCK: Trial[] = [
  ...Array.from({ length: 10 }, (_, i) => trial(i + 1, i % 2 === 0 ? 'a' : 'b')),
  trial(11, 'c', { dy: -0.01 }),
  trial(12, 'b', { step: -1, dy: -0.02 }),
];

export const elite = (id: number, of: Partial<Elite> = {}): Elite => ({ id, config, mean: 0.2, ...of });

export const contextOf = (of: Partial<MechanismContext> = {}): MechanismContext => ({
  t: 12,
  T: 24,
  budgetLeft: 0.5,
  space,
  incumbent: { id: 0, config, mean: 0.2, se: 0.02, n: 1 },
  trials: STUCK,
  elites: [elite(0)],
  noise: { sigma: 0.02, rho: 0 },
  operators: ['model'],
  rnd: Array.from({ length: 64 }, () => 0),
  priorStats: {},
  ...of,
});

export const ask = async (name: string, context = contextOf()): Promise<Directive> => {
  const mechanism = await load(name);
  const state = context.trials.reduce<Json>(
    (sum, one) => mechanism.observe(one, sum),
    mechanism.init({ ...context, t: 0, trials: [] }),
  );
  return mechanism.propose(context, state)[0];
};
