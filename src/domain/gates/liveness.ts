import type { Finding } from '../../contract/gates.js';
import type { HostedMechanism } from '../../contract/mechanism-run.js';
import type { MechanismContext } from '../../contract/mechanism.js';
import { type Behaviour, mechanismDistance } from '../lift/mechanism-distance.js';
import { type Effect, effectOf, effectText, isNothing, likenessText } from '../mechanism/effect.js';
import { contextAfter, type Trace } from './loop-so-far.js';
import { Play } from './play.js';

/** Random numbers that each probe is asked with. */
export const PROBE_SEEDS: readonly number[] = [1, 2];

/** A moment of a recorded loop, and what a mechanism changed there: one effect for each seed. */
interface Probe {
  /** trials before it */
  t: number;
  space: MechanismContext['space'];
  effects: readonly Effect[];
}

export type Conduct = readonly Probe[];

/** A loop that goes as it was recorded, whatever the mechanism asks for: one effect before each trial. */
const effectsIn = (mechanism: HostedMechanism, trace: Trace, seed: number): Effect[] => {
  const { name, start, trials } = trace;
  const play = new Play(mechanism, `recorded loop ${name}`);
  const contextAt = (t: number): MechanismContext => contextAfter(start, trials.slice(0, t), seed);
  play.begin(contextAt(0));
  return trials.map((trial, t) => {
    const context = contextAt(t);
    const effect = effectOf(play.propose(context), context);
    play.observe(trial);
    return effect;
  });
};

/** What a mechanism does to recorded loops, to be compared with what others do. Throws `Broke`. */
export const conductOf = (mechanism: HostedMechanism, traces: readonly Trace[]): Conduct =>
  traces.flatMap((trace) => {
    const bySeed = PROBE_SEEDS.map((seed) => effectsIn(mechanism, trace, seed));
    const { space } = trace.start;
    return trace.trials.map((_, t) => ({ t, space, effects: bySeed.map((effects) => effects[t] ?? {}) }));
  });

const behaviourOf = (conduct: Conduct): Behaviour => conduct.map(({ effects }) => effects.map(effectText));

const STILL = effectText({});

/** d_mech to the identity, in 0 … 1 */
export const distanceToIdentity = (conduct: Conduct): number =>
  mechanismDistance(
    behaviourOf(conduct),
    conduct.map(({ effects }) => effects.map(() => STILL)),
  );

/** The moments at which there was something to learn from. */
const informed = (conduct: Conduct): Conduct => conduct.filter(({ t }) => t > 0);

/** What is left of a hint without its numbers: a count of trials, or a number that was drawn, is no news of them. */
const wordsOf = (hint: string): string => hint.replace(/(?<![\w.])\d+(?:\.\d+)?(?![\w])/g, '#');

/** Whether no hint follows from what the trials showed: at the same moment of all loops over the same knobs it is the same. */
const isIdle = (conduct: Conduct): boolean => {
  const said = new Map<string, string>();
  return informed(conduct).every(({ t, space, effects }) =>
    effects.every(({ hint }, seed) => {
      const at = `${String(t)} ${String(seed)} ${space.map(({ id }) => id).join()}`;
      const words = typeof hint === 'string' ? wordsOf(hint) : '';
      const before = said.get(at) ?? words;
      said.set(at, before);
      return words === before;
    }),
  );
};

const withoutHint = (effect: Effect): Effect =>
  Object.fromEntries(Object.entries(effect).filter(([part]) => part !== 'hint'));

const withoutHints = (conduct: Conduct): Conduct =>
  conduct.map((probe) => ({ ...probe, effects: probe.effects.map(withoutHint) }));

/** What counts: all of it, or all but hints that follow from nothing. */
const counted = (conduct: Conduct): Conduct => informed(isIdle(conduct) ? withoutHints(conduct) : conduct);

/** Whether two act alike once there is something to act on; the wording of hints doesn't count. */
const isLike = (own: Conduct, other: Conduct): boolean => {
  const behaviour = (conduct: Conduct): Behaviour =>
    counted(conduct).map((probe) => probe.effects.map((effect) => likenessText(effect, probe)));
  return mechanismDistance(behaviour(own), behaviour(other)) === 0;
};

const found = (verdict: Finding['verdict'], reason: string): Finding => ({
  gate: 'G6',
  verdict,
  reason,
  where: null,
});

const isStill = (conduct: Conduct): boolean => conduct.every(({ effects }) => effects.every(isNothing));

const inertReason = (own: Conduct): string | null => {
  const moments = `on ${String(own.length)} moments of recorded loops that were stuck`;
  if (!isStill(counted(own))) return null;
  if (isStill(informed(own)))
    return (
      `${moments} it never changed what comes next. Forbid, prefer or make moves, or choose a parent, where a loop ` +
      'repeats what failed. What forbids everything is lifted; one weight for all moves, or nearly one, and the only operator that there is choose nothing.'
    );
  return (
    `${moments} it said hints that follow from nothing that the trials showed, and changed nothing else: such a sentence belongs into ` +
    'the prompt. Say what follows from the trials, or forbid, prefer or make moves.'
  );
};

/** G6: what changes no decision once there are trials to learn from is inert; null: it changes some. */
export const inertFinding = (own: Conduct): Finding | null => {
  const inert = inertReason(own);
  return inert === null ? null : found('inert', inert);
};

/** G6: what changes the same as the mechanism in use is a copy of it. */
export const copyFinding = (own: Conduct, incumbent: Conduct | null): Finding | null => {
  if (incumbent === null || !isLike(own, incumbent)) return null;
  return found(
    'copy',
    `on ${String(own.length)} moments of recorded loops it comes to the same as the mechanism in use. ` +
      'Another text, other words in a hint or another first step are no other mechanism.',
  );
};
