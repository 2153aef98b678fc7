import { counted } from '../domain/format.js';
import type { Noise } from '../contract/loop.js';
import type { Acceptance } from '../contract/task-schema.js';

/** When a candidate is kept, in a few sentences, and what is known of how often that is wrong. */
export const ruleInWords = (acceptance: Acceptance, noise: Noise | null): string =>
  `${keptWhen(acceptance, noise)}${rateInWords(acceptance, noise)}`;

/** Where nobody tested the rule on copies of the unchanged artifact, or whatever came out is accepted. */
function rateInWords({ rule, falseKeeps: accepted }: Acceptance, noise: Noise | null): string {
  if (rule === 'lift' || (noise !== null && noise.n > 1 && noise.sigma === 0)) return '';
  if (accepted !== undefined && accepted >= 1) return ' Any rate of false keeps is accepted (falseKeeps: 1).';
  return noise !== null && noise.n < 2 ? UNMEASURED : '';
}

const UNMEASURED =
  ' Its rate of false keeps was not measured: the unchanged artifact was run once (repeats: 3 would tell).';

function keptWhen(acceptance: Acceptance, noise: Noise | null): string {
  const { rule, minEffect, k, n, z, nmax } = acceptance;
  const effect = minEffect.relative
    ? `${plainNumber(minEffect.value * 100)} % of the incumbent's score`
    : plainNumber(minEffect.value);
  const least =
    minEffect.value === 0 ? 'The smallest gain counts.' : `A gain below ${effect} does not count.`;
  switch (rule) {
    case 'strict':
      return `Strict: one run that is better than the incumbent's score is kept. ${least} Noise is not looked at.`;
    case 'floor':
      return `Noise floor: the gain must pass ${counted(k, 'standard deviation')} of the unchanged artifact's runs. ${least}`;
    case 'confirm':
      if (noise !== null && noise.n > 1 && noise.sigma === 0)
        return `Confirmed: the unchanged artifact gave the same score in each of its ${String(noise.n)} runs, so a better run is kept that comes out alike on a second seed. ${least}`;
      return `Confirmed: a promising candidate and the incumbent are each run ${times(n)} more, and the mean gain must pass ${counted(z, 'standard error')}. ${least}`;
    case 'paired-t':
      return `Paired t-test on ${String(n)} shared seeds. ${falseKeeps(acceptance)} ${least}`;
    case 'sprt':
      return `Sequential test on shared seeds, up to ${String(nmax)} pairs. ${falseKeeps(acceptance)} ${least}`;
    case 'screen+sprt':
      return `One promising run, then a sequential test on up to ${String(nmax)} fresh pairs. ${falseKeeps(acceptance)} ${least}`;
    case 'branch+promote':
      if (noise !== null && noise.n > 1 && noise.sigma === 0)
        return `Branch and promote: the unchanged artifact gave the same score in each of its ${String(noise.n)} runs, so a better run is kept that comes out alike on a second seed, and no branch is tested. ${least}`;
      return `Branch and promote: whatever beats the branch's cached best joins it provisionally; every ${counted(acceptance.every, 'candidate')} the branch is tested against the trunk on up to ${String(nmax)} fresh shared seeds, and only a branch that wins is kept. ${acceptance.share ? falseShare(acceptance) : falsePromotions(acceptance)} ${least}`;
    case 'lift':
      return `Lift: candidate and incumbent research the same tasks on the same seeds, and only what pays over all of their loops is kept. Of lifts that gain no more than ${minEffect.value === 0 ? '0.02' : effect}, at most ${plainNumber(acceptance.alpha * 100)} % are kept.`;
    case 'race':
    case 'halving':
    case 'hyperband':
      return contestInWords(acceptance, noise, least);
    case 'intensify':
      return `Doubling batches on shared seeds, up to ${String(nmax)} pairs; dropped once its mean is not better. No rate of false keeps is promised. ${least}`;
  }
}

function contestInWords(acceptance: Acceptance, noise: Noise | null, least: string): string {
  const { rule, arms, nmax, alpha, eta, rungs } = acceptance;
  if (noise !== null && noise.n > 1 && noise.sigma === 0)
    return `${CONTESTS[rule] ?? rule}: the unchanged artifact gave the same score in each of its ${String(noise.n)} runs, so a better run is kept that comes out alike on a second seed, and no candidates meet. ${least}`;
  const rate = `Of batches without a better candidate, at most ${plainNumber(alpha * 100)} % lead to a keep.`;
  const final = `meets the incumbent in a sequential test on up to ${String(nmax)} fresh pairs`;
  if (rule === 'race')
    return `Race: ${String(arms)} candidates and the incumbent meet on the same seeds, up to ${String(nmax)}; from the fifth on whoever is worse than the best, or hopeless against the incumbent, is dropped, and the last one is kept if its e-value against the incumbent passes ${plainNumber(arms / alpha)} (${String(arms)} candidates, each at ${plainNumber((alpha * 100) / arms)} %). ${rate} Its score rests on fresh runs. ${least}`;
  return rule === 'halving'
    ? `Successive halving: of ${String(arms)} candidates the better half goes on, round by round; the last one ${final}. ${rate} ${least}`
    : `Hyperband: of many candidates at a small part of the budget one of ${String(eta)} goes on with ${String(eta)} times as much, over up to ${String(rungs)} budgets; the last one ${final} at the whole budget. ${rate} ${least}`;
}

const CONTESTS: Partial<Record<Acceptance['rule'], string>> = {
  race: 'Race',
  halving: 'Successive halving',
  hyperband: 'Hyperband',
};

const falseKeeps = ({ alpha }: Acceptance): string =>
  `Of candidates that are no better, at most ${plainNumber(alpha * 100)} % are kept.`;

const falsePromotions = ({ alpha }: Acceptance): string =>
  `Of branches that are no better, at most ${plainNumber(alpha * 100)} % are promoted.`;

const falseShare = ({ alpha }: Acceptance): string =>
  `Of all promotions, at most ${plainNumber(alpha * 100)} % are expected to be false (e-LOND).`;

const times = (n: number): string => ['never', 'once', 'twice'][n] ?? `${String(n)} times`;

const plainNumber = (value: number): string => String(Number(value.toPrecision(6)));
