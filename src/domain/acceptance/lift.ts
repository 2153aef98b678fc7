import type { Acceptance } from '../../contract/task-schema.js';
import { counted, formatSpread, formatShare } from '../format.js';
import { LIFT_DEFAULTS, TAIL_LOSS, TAIL_TASKS } from '../lift/lift-options.js';
import { type LiftVerdict, liftVerdict } from '../lift/lift-verdict.js';
import { smallestLift } from '../lift/smallest-lift.js';
import { mean, standardDeviation } from '../statistics.js';
import { firstPair } from './pairs.js';
import type { Evidence, Rule, Sample, Step } from './rule.js';

/** Units that both sides have at one index, as d = [u(lifted) - u(base)] - lambda log2(cost ratio). (Grounding 3.3.) */
const differencesAt = (lifted: Sample, base: Sample, lambda: number): number[] => {
  const ours = lifted.units ?? {};
  const theirs = base.units ?? {};
  const costs = (lifted.cost ?? 0) > 0 && (base.cost ?? 0) > 0;
  const price = costs ? lambda * Math.log2((lifted.cost ?? 1) / (base.cost ?? 1)) : 0;
  return Object.keys(ours)
    .filter((name) => theirs[name] !== undefined)
    .toSorted()
    .map((name) => {
      const difference = (ours[name] ?? Number.NaN) - (theirs[name] ?? Number.NaN);
      // a lift that changes nothing costs what it costs by chance
      return difference === 0 && ours[name] === 0 ? 0 : difference - price;
    });
};

const broken = (samples: readonly Sample[]): number => mean(samples.map(({ faulty }) => faulty ?? 0));

/** G8: a mechanism that breaks in real loops, where the incumbent's doesn't as often, has had its trial; null: it may go on. */
const breaksDown = ({ candidate, incumbent }: Evidence): string | null => {
  if (candidate.length === 0) return null;
  const [ours, theirs] = [broken(candidate), incumbent.length === 0 ? 0 : broken(incumbent)];
  if (ours <= theirs) return null;
  return `invalid (G8): its mechanism broke or was stopped in ${formatShare(ours)} of its loops${theirs > 0 ? `, the incumbent's in ${formatShare(theirs)}` : ''}`;
};

const epsOf = ({ minEffect }: Acceptance): number =>
  minEffect.value === 0 ? LIFT_DEFAULTS.eps : minEffect.value;

/** Whether the mechanism of none of these measurements' loops ever changed a decision. */
const changedNothing = (samples: readonly Sample[]): boolean =>
  samples.length > 0 && samples.every(({ live }) => live === 0);

const hadItsChance = (samples: readonly Sample[]): boolean =>
  samples.every(({ untried = 0 }) => untried === 0);

/**
 * A dead mechanism's lift is inert, whatever came of it; where the incumbent's is as dead, something else was lifted. One
 * that had no chance yet is waited for, but what pays meanwhile is none of its doing.
 */
const judge = (d: readonly number[], acceptance: Acceptance, { candidate, incumbent }: Evidence) => {
  const { alpha } = acceptance;
  const eps = epsOf(acceptance);
  const idle = changedNothing(candidate) && !changedNothing(incumbent);
  const liveness = idle && hadItsChance(candidate) ? 0 : LIFT_DEFAULTS.liveness;
  const found = liftVerdict(d, { ...LIFT_DEFAULTS, eps, alpha, liveness });
  const verdict = found === 'pays' && idle ? 'inert' : found;
  return { verdict, eps, alpha, dead: idle && verdict === 'inert' };
};

const ENDS: Partial<Record<LiftVerdict, 'keep' | 'discard' | 'inconclusive'>> = {
  pays: 'keep',
  flat: 'discard',
  harmful: 'discard',
  inert: 'discard',
  invalid: 'inconclusive',
};

/** Why so good a mean may not pay; it never will, as pairs are not taken back. */
const tailWords = (d: readonly number[]): string => {
  const lost = d.filter((one) => one < TAIL_LOSS);
  if (lost.length === 0) return '';
  return `; ${counted(lost.length, 'pair')} lost more than ${formatSpread(-TAIL_LOSS)} (${formatSpread(-Math.min(...lost))} at most): after one nothing pays`;
};

const wordsOf = (d: readonly number[], { verdict, eps, alpha, dead }: ReturnType<typeof judge>): string => {
  const sd = standardDeviation(d);
  const visible = smallestLift({ tasks: d.length, sd, eps, alpha });
  const seen = Number.isFinite(visible)
    ? `; ${counted(d.length, 'difference')} of sd ${formatSpread(sd)} show ${formatSpread(visible)} or more`
    : '';
  const why = dead ? '; its mechanism changed no decision in any of its loops' : '';
  const isGain = verdict === 'undecided' && mean(d) > eps;
  const few = isGain && d.length < TAIL_TASKS ? `; nothing pays on fewer than ${String(TAIL_TASKS)}` : '';
  const tail = isGain ? tailWords(d) : '';
  return `${verdict}: mean d ${formatSpread(mean(d))} over ${counted(d.length, 'child loop pair')}${few}${tail}${seen}${why}`;
};

/**
 * The lift criterion as a rule: after each measurement of both sides the verdict over all differences so far; only
 * `pays` keeps, which is false for at most alpha of lifts that gain no more than minEffect (.02 by default), however
 * often one looks. `undecided` after nmax measurements is no keep.
 */
export const lift: Rule = {
  baselineRepeats: 1,
  step: (evidence: Evidence, acceptance: Acceptance): Step => {
    if (evidence.candidate.some(({ units }) => units === undefined))
      return {
        decision: 'inconclusive',
        gain: 0,
        reason: 'not measured by research: there are no child loops to judge',
      };
    const broke = breaksDown(evidence);
    if (broke !== null) return { decision: 'discard', gain: 0, reason: broke };
    const base = new Map(evidence.incumbent.map((sample) => [sample.index, sample]));
    const ours = new Map(evidence.candidate.map((sample) => [sample.index, sample]));
    const d: number[] = [];
    const first = firstPair(evidence, 0);
    for (let index = first; ; index++) {
      const [lifted, standing] = [ours.get(index), base.get(index)];
      if (lifted === undefined || standing === undefined) {
        const candidate = lifted === undefined ? [index] : [];
        const incumbent = standing === undefined ? [index] : [];
        return {
          decision: 'more',
          reason: `${counted(d.length, 'difference')} so far`,
          candidate,
          incumbent,
        };
      }
      d.push(...differencesAt(lifted, standing, epsOf(acceptance)));
      const judged = judge(d, acceptance, evidence);
      const gain = mean(d);
      const ending = ENDS[judged.verdict];
      if (ending !== undefined) return { decision: ending, gain, reason: wordsOf(d, judged) };
      if (index + 1 - first >= acceptance.nmax)
        return { decision: 'inconclusive', gain, reason: `${wordsOf(d, judged)}: nmax is reached` };
    }
  },
  standing: ({ candidate }) => ({ value: mean(candidate.map(({ value }) => value)), n: candidate.length }),
};
