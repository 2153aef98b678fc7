import type { Finding } from '../../contract/gates.js';
import type { HostedMechanism } from '../../contract/mechanism-run.js';
import type { MechanismContext } from '../../contract/mechanism.js';
import { type Behaviour, mechanismDistance } from '../lift/mechanism-distance.js';
import { canonicalDirective, IDENTITY } from '../mechanism/canonical-directive.js';
import { contextAfter, type Trace } from './loop-so-far.js';
import { Play } from './play.js';

/** Random numbers that each probe is asked with. */
export const PROBE_SEEDS: readonly number[] = [1, 2];

type Answers = (trace: Trace, seed: number) => readonly string[];

/** A loop that goes as it was recorded, whatever the mechanism asks for: one answer before each trial. */
const answersOf =
  (mechanism: HostedMechanism): Answers =>
  ({ name, start, trials }, seed) => {
    const play = new Play(mechanism, `recorded loop ${name}`);
    const contextAt = (t: number): MechanismContext => contextAfter(start, trials.slice(0, t), seed);
    play.begin(contextAt(0));
    return trials.map((trial, t) => {
      const context = contextAt(t);
      const text = canonicalDirective(play.propose(context), context);
      play.observe(trial);
      return text;
    });
  };

const identity: Answers = ({ start, trials }, seed) =>
  trials.map((_, t) => canonicalDirective(IDENTITY, contextAfter(start, trials.slice(0, t), seed)));

const behaviour = (answers: Answers, traces: readonly Trace[]): Behaviour =>
  traces.flatMap((trace) => {
    const bySeed = PROBE_SEEDS.map((seed) => answers(trace, seed));
    return trace.trials.map((_, t) => bySeed.map((texts) => texts[t] ?? ''));
  });

/** What a mechanism does on recorded loops, to be compared with what others do. Throws `Broke`. */
export const behaviourOf = (mechanism: HostedMechanism, traces: readonly Trace[]): Behaviour =>
  behaviour(answersOf(mechanism), traces);

export interface Liveness {
  /** d_mech to the identity */
  distance: number;
  /** probes at which it asked for anything, and all */
  acts: number;
  probes: number;
}

export const livenessOf = (own: Behaviour, traces: readonly Trace[]): Liveness => {
  const still = behaviour(identity, traces);
  const acts = own.filter((texts, probe) => texts.some((text, seed) => text !== still[probe]?.[seed]));
  return { distance: mechanismDistance(own, still), acts: acts.length, probes: own.length };
};

/** G6: dead code has no distance to the identity, a copy none to the mechanism that is in use. */
export const livenessFinding = (
  { distance, probes }: Liveness,
  own: Behaviour,
  incumbent: Behaviour | null,
): Finding | null => {
  if (distance === 0)
    return {
      gate: 'G6',
      verdict: 'inert',
      reason:
        `on ${String(probes)} moments of recorded loops that were stuck it never asked for anything. ` +
        'Forbid, prefer or make moves, or choose a parent, where a loop repeats what failed.',
      where: null,
    };
  if (incumbent !== null && mechanismDistance(own, incumbent) === 0)
    return {
      gate: 'G6',
      verdict: 'copy',
      reason:
        `on ${String(probes)} moments of recorded loops it asked for exactly what the mechanism in use asks for. ` +
        'Another text that does the same is no other mechanism.',
      where: null,
    };
  return null;
};
