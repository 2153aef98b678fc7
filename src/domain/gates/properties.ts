import type { Finding } from '../../contract/gates.js';
import type { Json } from '../../contract/json.js';
import type { HostedMechanism } from '../../contract/mechanism-run.js';
import type { MechanismContext, Trial } from '../../contract/mechanism.js';
import { canonicalJson } from '../audit/canonical-json.js';
import { findingOf, rejected } from './finding.js';
import { contextAfter } from './loop-so-far.js';
import { MADE_UP_LOOPS, madeUpTrace, madeUpTrial, startOf, type MadeUp } from './made-up-loops.js';
import { Broke, Play } from './play.js';

/** Long enough for what waits for its fiftieth trial, and for states that grow. */
const SESSION: MadeUp = { ...MADE_UP_LOOPS[3], name: 'a long loop', trials: 0, T: 80 } as MadeUp;
const SEED = 1;

const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

/** The same context with its fields the other way round, and fields that no engine has yet. */
const disguised = (context: MechanismContext): MechanismContext => {
  const turned = <T extends object>(value: T): T =>
    ({ ...Object.fromEntries(Object.entries(value).toReversed()), unheardOf: 1 }) as unknown as T;
  return turned({
    ...context,
    space: context.space.map(turned),
    trials: context.trials.map(turned),
    incumbent: turned(context.incumbent),
    priorStats: Object.fromEntries(Object.entries(context.priorStats).toReversed()),
  });
};

const acts = (answer: Json): Json => {
  const { why: _, ...rest } = answer as { [key: string]: Json };
  return rest;
};

const visit = (play: Play, made: MadeUp): Finding | null => {
  const { start, trials } = madeUpTrace(made, SEED);
  const context = contextAfter(start, trials, SEED);
  play.begin(contextAfter(start, [], SEED));
  for (const trial of trials) play.observe(trial);
  const once = play.ask(context);
  if (!same(once, play.ask(context)))
    return rejected(
      'G3',
      `propose, ${made.name}: asked twice with one context and one state, it answered differently. ` +
        'What it has to remember belongs into its state, not into a variable of the module.',
    );
  if (!same(acts(once.directive), acts(play.ask(disguised(context)).directive)))
    return rejected(
      'G3',
      `propose, ${made.name}: the order of an object's fields, or a field that it doesn't know, changed its directive. ` +
        'Read the fields that you need by name.',
    );
  play.propose(context);
  return null;
};

/** A loop that does as it is told, from its first trial to its last. */
const sitThrough = (play: Play): void => {
  const start = startOf(SESSION);
  const trials: Trial[] = [];
  play.begin(contextAfter(start, trials, SEED));
  while (trials.length < start.T) {
    const directive = play.propose(contextAfter(start, trials, SEED));
    const trial = madeUpTrial(SESSION, trials, { moves: directive.move, seed: SEED });
    trials.push(trial);
    play.observe(trial);
  }
};

/** G3, and G5 by the way: total, legal, idempotent and blind to what means nothing, in the corners and through a long loop. */
export const propertyFinding = (mechanism: HostedMechanism): { finding: Finding | null; fuel: number } => {
  let fuel = 0;
  const over = (name: string, body: (play: Play) => Finding | null): Finding | null => {
    const play = new Play(mechanism, name);
    try {
      return body(play);
    } catch (error) {
      if (!(error instanceof Broke)) throw error;
      return findingOf(error.fault, error.at);
    } finally {
      fuel = Math.max(fuel, play.fuel);
    }
  };
  for (const made of MADE_UP_LOOPS) {
    const finding = over(made.name, (play) => visit(play, made));
    if (finding !== null) return { finding, fuel };
  }
  const finding = over(SESSION.name, (play) => {
    sitThrough(play);
    return null;
  });
  return { finding, fuel };
};
