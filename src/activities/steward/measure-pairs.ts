import type { HoldoutNumbers, HoldoutRule } from '../../contract/audit.js';
import type { Evidence } from '../../domain/holdout/evidence.js';
import { judge } from '../../domain/holdout/judge.js';
import { listInstances } from './list-instances.js';
import { inTime } from './in-time.js';
import { drawInstance, measureOne, type Bench, type Instance, type Measured } from './measure-one.js';
import { steadyNow } from './steady-clock.js';

export interface Contest {
  bench: Bench;
  /** checkouts */
  candidate: string;
  incumbent: string;
  /** of a generator's instances; a suite has its own */
  seeds: readonly number[];
  rule: HoldoutRule;
  evidence: Evidence;
}

const valueOf = (measured: Exclude<Measured, 'cut'>): number | null =>
  'value' in measured ? measured.value : null;

/** Candidate and incumbent on one instance, by turns first, so that a drift of the machine favours nobody. */
const measurePair = async (
  contest: Contest,
  instance: Instance,
  numbers: HoldoutNumbers,
): Promise<boolean> => {
  const { bench } = contest;
  const found: Partial<Record<'candidate' | 'incumbent', Exclude<Measured, 'cut'>>> = {};
  const order = ['candidate', 'incumbent'] as const;
  for (const who of numbers.pairs.length % 2 === 0 ? order : order.toReversed()) {
    if (steadyNow() >= bench.deadline) return false;
    const measured = await measureOne(bench, contest[who], instance);
    if (measured === 'cut') return false;
    if ('failed' in measured) numbers.failures.push({ seed: instance.seed, who, tail: measured.failed });
    found[who] = measured;
  }
  const { candidate, incumbent } = found;
  if (candidate === undefined || incumbent === undefined) return false;
  numbers.pairs.push({ seed: instance.seed, candidate: valueOf(candidate), incumbent: valueOf(incumbent) });
  return true;
};

/** Pairs until the rule is done or all instances are used; all that is between two of them is in `numbers`. */
const measureInto = async (numbers: HoldoutNumbers, contest: Contest): Promise<HoldoutNumbers> => {
  const { bench, rule, evidence, seeds } = contest;
  const { kind } = bench.vault;
  const instances = kind === 'generator' ? seeds : await listInstances(bench);
  for (const one of instances) {
    const instance = typeof one === 'number' ? await drawInstance(bench, one) : one;
    if (instance === null && steadyNow() < bench.deadline) {
      // the generator itself fails: no comparison, which a lone failure of the incumbent says too
      numbers.pairs.push({ seed: Number(one), candidate: 0, incumbent: null });
      return numbers;
    }
    if (instance === null || !(await measurePair(contest, instance, numbers))) {
      numbers.cut = true;
      return numbers;
    }
    if (rule.name === 'sequential' && judge(numbers, rule, evidence).verdict !== 'more') return numbers;
  }
  return numbers;
};

/**
 * The same until the time is up, to the moment: what isn't finished then is not counted, and nothing that a candidate
 * leaves behind (a million files to look through) puts the answer off.
 */
export const measurePairs = async (contest: Contest): Promise<HoldoutNumbers> => {
  const { bench } = contest;
  const { direction } = bench.vault.metric;
  const numbers: HoldoutNumbers = { direction, pairs: [], cut: false, failures: [] };
  const done = await inTime(measureInto(numbers, contest), bench.deadline);
  const { pairs, failures } = numbers;
  return done ?? { direction, pairs: [...pairs], cut: true, failures: [...failures] };
};
