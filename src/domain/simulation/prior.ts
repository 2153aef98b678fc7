import { random } from '../random.js';
import type { Instance } from './instance.js';
import { START } from './landscape.js';
import { type Step, STEPS } from './steps.js';

/** What the stand-in believes before it has seen anything: deceptive as a stuck model, neutral, right, or nothing at all (moves of chance). */
export type PriorKind = 'deceptive' | 'neutral' | 'benign' | 'none';

const LOVED = 6;
const SHUNNED = -3;

const moved = (levels: readonly number[], knob: number, to: number): number[] =>
  levels.map((level, i) => (i === knob ? to : level));

/** What the first step of a move does; a crash is worse than anything. */
const firstStep = (instance: Instance, { knob, way }: Step): number => {
  const value = instance.value(moved(START, knob, way));
  return Number.isNaN(value) ? -10 : value;
};

/** What the optimum loses where this move's knob stays at the start; 0 for moves that lead away from it. */
const importance = (instance: Instance, { knob, way }: Step): number => {
  const at = instance.optimum[knob] ?? 0;
  if (at * way <= 0) return 0;
  const without = instance.value(moved(instance.optimum, knob, 0));
  return Number.isNaN(without) ? 1 : 1 - without;
};

interface Known {
  at: number;
  first: number;
  importance: number;
}

/** The moves that matter most, two steps that help a little, and the three worst. */
const outstanding = (instance: Instance): { best: number[]; small: number[]; worst: number[] } => {
  const known: Known[] = STEPS.map((step, at) => ({
    at,
    first: firstStep(instance, step),
    importance: importance(instance, step),
  }));
  const most = Math.max(...known.map((one) => one.importance));
  const isBest = (one: Known): boolean => one.importance > 0 && one.importance > most / 2;
  const ordinary = known.filter((one) => !isBest(one)).sort((a, b) => a.first - b.first || a.at - b.at);
  const places = (list: readonly Known[]): number[] => list.map(({ at }) => at);
  const worst = ordinary.slice(0, 3);
  const helping = ordinary.filter(({ first }) => first > 0);
  const small = helping.length >= 2 ? helping.slice(0, 2) : ordinary.slice(-2);
  return { best: places(known.filter(isBest)), small: places(small), worst: places(worst) };
};

/** Logits over the 24 moves. */
export const priorOf = (instance: Instance, kind: PriorKind): readonly number[] => {
  const draw = random('prior', instance.seed);
  const logits = STEPS.map(() => draw.next() - 0.5);
  if (kind === 'none') return STEPS.map(() => 0);
  if (kind === 'neutral') return logits;
  const { best, small, worst } = outstanding(instance);
  const set = (places: readonly number[], to: number): void => {
    for (const at of places) logits[at] = (logits[at] ?? 0) + to;
  };
  if (kind === 'benign') {
    set(best, LOVED / 2);
    set(small, LOVED / 2);
    set(worst, SHUNNED);
  } else {
    set(worst, LOVED - 0.5);
    set(small, LOVED);
    set(best, SHUNNED);
  }
  return logits;
};
