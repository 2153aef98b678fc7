import type { AaWorld, SelfTest } from '../../contract/self-test.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { isContestRule } from '../contest/contest-rules.js';
import { formatSpread, formatShare } from '../format.js';
import { standardDeviation } from '../statistics.js';
import { inOneGo, type Steps } from '../steps.js';
import { aaSteps, CLONES } from './aa-test.js';
import type { FalseKeeps } from './false-keeps.js';
import { keepsInBrief, keepsInWords } from './keeps-in-words.js';

/** Rules to change to, from the cheapest. */
const OTHERS: readonly Acceptance['rule'][] = ['branch+promote', 'screen+sprt', 'confirm'];
/** The same where the metric drifts: a rule that screens on one run would see nothing while it drifts for the worse. */
const PAIRED: readonly Acceptance['rule'][] = ['branch+promote', 'sprt', 'paired-t'];
/** Rules whose first look is one run beside an old score. */
const LOOK_BACK: readonly Acceptance['rule'][] = ['branch+promote', 'screen+sprt', 'confirm'];
/** Smallest effects to try, in standard deviations of one run. */
const EFFECTS = [0.5, 1, 1.5, 2, 3, 4];

const isDrifting = ({ perRun = 0 }: AaWorld): boolean => perRun !== 0;

function* otherRules(world: AaWorld, target: number): Steps<string[]> {
  const { rule, alpha } = world.acceptance;
  const { differences: _, promotion: __, ...plain } = world;
  const strictest = Math.min(alpha, target);
  const also = strictest < alpha ? ` with alpha: ${formatSpread(strictest)}` : '';
  const will: string[] = [];
  for (const other of isDrifting(world) ? PAIRED : OTHERS) {
    if (other === rule) continue;
    const acceptance = { ...world.acceptance, rule: other, alpha: strictest, repeats: undefined };
    const found = yield* aaSteps({ ...plain, acceptance });
    if (found.rate <= target) will.push(`rule: ${other}${also} (${keepsInBrief(found)})`);
  }
  return will;
}

function* largerEffect(world: AaWorld, target: number): Steps<string[]> {
  // a drift outgrows every effect
  if (world.acceptance.rule === 'branch+promote' || isDrifting(world)) return [];
  const sigma = standardDeviation(world.values);
  for (const times of EFFECTS) {
    const value = Number((times * sigma).toPrecision(2));
    const acceptance = { ...world.acceptance, minEffect: { value, relative: false } };
    const found = yield* aaSteps({ ...world, acceptance });
    if (found.rate <= target) return [`minEffect: ${String(value)} (${keepsInBrief(found)})`];
  }
  return [];
}

/** The same for a loop that runs: it goes on under the rule that it began with. */
export const whereItRuns = (refusal: string): string =>
  `${refusal}. A loop keeps the rule that it began with: start another one, or \`autolift fork\` this one; \`resume\` goes on as it was`;

function* refusalOf(world: AaWorld, found: FalseKeeps): Steps<string> {
  const { rule } = world.acceptance;
  const { values } = world;
  const others = [
    ...(yield* otherRules(world, found.target)),
    ...(yield* largerEffect(world, found.target)),
    `falseKeeps: 1 to go on all the same`,
  ];
  const drift = isDrifting(world)
    ? `under the drift of the baseline's repeats (${formatSpread(world.perRun ?? 0)} a run, whichever way it goes) `
    : '';
  const mend = isDrifting(world) ? 'Mend the drift, or change' : 'Change';
  return (
    `A/A self-test: ${drift}${rule} would keep ${formatShare(found.rate)} (${keepsInBrief(found)}) of candidates that are no better than what they are compared with, ` +
    `and ${formatShare(found.target)} is accepted (acceptance.falseKeeps); one run has a noise of ${formatSpread(standardDeviation(values))} ` +
    `(sigma of ${String(values.length)} runs). ${mend} acceptance in task.yaml: ${others.join(', or ')}`
  );
}

const driftInWords = (world: AaWorld): string => {
  if (!isDrifting(world)) return '';
  const blind = LOOK_BACK.includes(world.acceptance.rule)
    ? ' (while that is for the worse little will look good on one run: mend it)'
    : '';
  return `; it drifts by ${formatSpread(world.perRun ?? 0)} a run${blind}, and so do the copies`;
};

/** What needs no test: where there is no noise, or none is known. Null: it takes one. */
export const untested = (world: AaWorld): SelfTest | null => {
  const { values, acceptance } = world;
  // its test needs no noise that was known before
  if (acceptance.rule === 'lift') return { words: '', refusal: null };
  if (values.length < 2)
    return { words: `; its noise is not known, and ${acceptance.rule} takes it for none`, refusal: null };
  if (standardDeviation(values) === 0 && !isDrifting(world)) return { words: '', refusal: null };
  return null;
};

/** Whether a rule may be trusted on a metric with this noise: tested where there is noise, said where it isn't known. */
export function* selfTestSteps(world: AaWorld): Steps<SelfTest> {
  const known = untested(world);
  if (known !== null) return known;
  const { acceptance } = world;
  const found = yield* aaSteps(world, CLONES);
  const whom = isContestRule(acceptance.rule)
    ? `a copy from ${keepsInWords(found, 'batches of them')}`
    : keepsInWords(found, 'copies of it');
  const words = `${driftInWords(world)}; A/A: ${acceptance.rule} keeps ${whom}, up to ${formatShare(found.target)} accepted`;
  return { words, refusal: found.holds ? null : yield* refusalOf(world, found) };
}

export const selfTest = (world: AaWorld): SelfTest => inOneGo(selfTestSteps(world));
