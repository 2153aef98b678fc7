import type { Finding } from '../../contract/gates.js';
import type { HostedMechanism } from '../../contract/mechanism-run.js';
import { canonicalJson } from '../audit/canonical-json.js';
import { findingOf, rejected } from './finding.js';
import { contextAfter } from './loop-so-far.js';
import { MADE_UP_LOOPS, madeUpTrace, type MadeUp } from './made-up-loops.js';
import { Broke, Play } from './play.js';

/** The full window is left to G3: here the same is asked again and again. */
const LOOPS = MADE_UP_LOOPS.filter(({ trials }) => trials <= 20);
const SEED = 2;

const transcript = (mechanism: HostedMechanism, made: MadeUp): string => {
  const { start, trials } = madeUpTrace(made, SEED);
  const play = new Play(mechanism, made.name);
  play.begin(contextAfter(start, [], SEED));
  for (const trial of trials) play.observe(trial);
  return canonicalJson(play.ask(contextAfter(start, trials, SEED)));
};

/**
 * G4: two fresh sandboxes, the second asked in the opposite order, answer every loop with the same bytes. In the opposite
 * order, as what hides in a variable of the module shows only where it was left by something else.
 */
export const determinismFinding = (one: HostedMechanism, other: HostedMechanism): Finding | null => {
  try {
    const first = LOOPS.map((made) => transcript(one, made));
    const second = LOOPS.toReversed()
      .map((made) => transcript(other, made))
      .toReversed();
    const at = first.findIndex((text, i) => text !== second[i]);
    if (at < 0) return null;
    return rejected(
      'G4',
      `${LOOPS[at]?.name ?? ''}: two sandboxes answered the same calls differently, depending on what they were asked before. ` +
        'What it has to remember belongs into its state, not into a variable of the module.',
    );
  } catch (error) {
    if (!(error instanceof Broke)) throw error;
    return findingOf(error.fault, error.at);
  }
};
