import type { Json } from '../../contract/json.js';
import type { Directive, MechanismContext } from '../../contract/mechanism.js';
import { canonicalText } from '../lift/canonical-text.js';
import { applyMoves, type Config } from './apply-moves.js';
import { configOf } from './check-directive.js';
import { moveKey } from './move-key.js';
import { oddsOf } from './odds.js';

/** What a directive changes of what the loop would do next; empty: nothing. */
export type Effect = { readonly [part: string]: Json };

/** Proposers that draw by weights and read no word. */
const DRAW: readonly string[] = ['mutate', 'sweep'];

const isRead = ({ operator }: Directive, { operators }: MechanismContext): boolean =>
  (operator === undefined ? operators : [operator]).some((name) => !DRAW.includes(name));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** What candidates differ by here: the noise, or without any the usual change of score; 0: nobody knows yet. */
const scaleOf = ({ noise, trials }: MechanismContext): number =>
  noise.sigma > 0
    ? noise.sigma
    : median(trials.flatMap(({ dy }) => (dy === null || dy === 0 ? [] : [Math.abs(dy)])));

/** Whether a worse candidate could be accepted: one that is worse by the scale is, at the least of these, once in e²⁰. */
const accepts = (acceptTemp: number, context: MechanismContext): boolean => {
  const scale = scaleOf(context);
  return scale > 0 && acceptTemp >= scale / 20;
};

/** The knobs that moves turn, and where to: by a step or by a setting is the same. */
const landed = (move: NonNullable<Directive['move']>, context: MechanismContext, config: Config | null) => {
  if (config === null) return move.map(moveKey).sort();
  const after = applyMoves(config, move, context.space);
  return Object.entries(after)
    .filter(([knob, setting]) => setting !== config[knob])
    .map(([knob, setting]) => `${knob}=${String(setting)}`)
    .sort();
};

/** How a proposer is steered; a move or a repeat is made without asking one. */
const onProposer = (directive: Directive, context: MechanismContext, config: Config | null): Effect => {
  const { operator, hint = '' } = directive;
  const odds = oddsOf(directive, context, config);
  return {
    ...(Object.keys(odds).length > 0 && { odds }),
    ...(operator !== undefined && context.operators.length > 1 && { operator }),
    ...(/[\p{L}\p{N}]/u.test(hint) && isRead(directive, context) && { hint }),
  };
};

/** What a directive comes to in its loop, without what changes nothing there. Its words (`why`) are no part of it. */
export const effectOf = (directive: Directive, context: MechanismContext): Effect => {
  const { move, parent, acceptTemp = 0, replicate, fidelity = 1, batch = 1 } = directive;
  if (replicate !== undefined) return { replicate: { ...replicate } };
  const config = configOf(context, parent);
  const effect: Effect = {
    ...(move === undefined
      ? onProposer(directive, context, config)
      : { move: landed(move, context, config) }),
    ...(parent !== undefined && parent !== context.incumbent.id && { parent }),
    ...(accepts(acceptTemp, context) && { acceptTemp }),
    ...(fidelity < 1 && { fidelity }),
  };
  const isRepeated = batch > 1 && move === undefined && Object.keys(effect).length > 0;
  return isRepeated ? { ...effect, batch } : effect;
};

export const isNothing = (effect: Effect): boolean => Object.keys(effect).length === 0;

/** One text for all that does the same: what mechanisms are compared by. */
export const effectText = (effect: Effect): string => canonicalText(effect);

const namesIn = (hint: string, { space }: Pick<MechanismContext, 'space'>): string[] => {
  const words = new Set(hint.split(/[^\w.:/-]+/).map((word) => word.replace(/[+-]\d*$|[.:]+$/, '')));
  return space.flatMap(({ id }) => (words.has(id) ? [id] : []));
};

/** The same, where two wordings of a hint that name the same knobs are one. */
export const likenessText = (effect: Effect, context: Pick<MechanismContext, 'space'>): string => {
  const { hint, ...rest } = effect;
  const names = typeof hint === 'string' ? namesIn(hint, context) : [];
  return canonicalText({ ...rest, ...(names.length > 0 && { hint: names }) });
};
