import type { Directive, Trial } from '../../contract/mechanism.js';
import { applyMoves, type Config } from '../mechanism/apply-moves.js';
import { enforce } from '../mechanism/enforce.js';
import { pickWeighted, type Random } from '../random.js';
import type { Parameters } from './parameters.js';
import { isLevel, optionsOfSize, SPACE } from './steps.js';

export interface Believer {
  /** logits over the 24 moves */
  prior: readonly number[];
  parameters: Parameters;
  /** knobs that it may not touch for now */
  frozen: readonly string[];
}

/** How much a keep and a failure within the window move a belief: it learns little from failure. */
const LEARNS = { keep: 0.5, failure: -0.35 };
/** How often a preference is heeded; what is forbidden is the engine's to see to. */
export const COMPLIANCE = 0.9;

/** What the trials within the window add to the belief in each candidate. */
const learntOf = (recent: readonly Trial[]): ReadonlyMap<string, number> => {
  const learnt = new Map<string, number>();
  for (const { key, status } of recent)
    learnt.set(key, (learnt.get(key) ?? 0) + (status === 'keep' ? LEARNS.keep : LEARNS.failure));
  return learnt;
};

/**
 * The stand-in for a language model: a softmax over 24 moves whose beliefs hardly change. A context as short as its
 * window is what makes it propose its failures again.
 */
export const proposeStep = (
  { prior, parameters, frozen }: Believer,
  seen: { config: Config; recent: readonly Trial[]; directive: Directive },
  draw: Random,
): { moves: Trial['moves']; config: Config } => {
  const { temperature, step } = parameters;
  const learnt = learntOf(seen.recent);
  const options = optionsOfSize(step).flatMap(({ knob, by, moves, key }, i) => {
    if (!isLevel(Number(seen.config[knob] ?? 0) + by)) return [];
    const logit = (prior[i] ?? 0) + (learnt.get(key) ?? 0);
    const thawed = frozen.includes(knob) ? 1e-9 : 1;
    return [{ moves, weight: thawed * Math.exp(logit / temperature) }];
  });
  const heeded = draw.next() < COMPLIANCE ? seen.directive : { ...seen.directive, prefer: [] };
  const { candidates } = enforce(heeded, options, SPACE);
  const { moves } = pickWeighted(draw.next(), candidates);
  return { moves, config: applyMoves(seen.config, moves, SPACE) };
};
