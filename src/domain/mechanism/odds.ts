import type { Directive, MechanismContext, Move, Pattern } from '../../contract/mechanism.js';
import type { Config } from './apply-moves.js';
import { moveFault } from './check-move.js';
import { movesOfKey } from './move-key.js';
import { type SingleMoves, singleMoves } from './single-moves.js';

/** Weights by candidate, where they aren't those of the others. */
export type Odds = Readonly<Record<string, number>>;

const EVEN: Odds = {};

const placesOf = (pattern: Pattern, { byKey, byKnob, byGroup }: SingleMoves): readonly number[] => {
  if ('knob' in pattern) return byKnob.get(pattern.knob) ?? [];
  if ('group' in pattern) return byGroup.get(pattern.group) ?? [];
  const place = byKey.get(pattern.key);
  return place === undefined ? [] : [place];
};

/** Most knobs that a proposal here turns at once, as far as anybody has seen. */
const widest = ({ trials }: MechanismContext): number =>
  trials.reduce((most, { moves }) => Math.max(most, moves.length), 2);

const canBeMade = (key: string, context: MechanismContext, config: Config | null): boolean => {
  const { space, trials } = context;
  const moves = movesOfKey(key, space);
  if (moves === null) return trials.some((trial) => trial.key === key);
  const isLegal = (move: Move): boolean => moveFault({ ...move }, { space, config }) === null;
  return moves.length <= widest(context) && moves.every(isLegal);
};

/** What a restraint does to the candidates that it names beyond single steps: wider ones, and changes of several knobs. */
const named = (
  weights: readonly { p: Pattern; w: number }[],
  singles: SingleMoves,
  isPossible: (key: string) => boolean,
): Odds => {
  const odds: Record<string, number> = {};
  for (const { p, w } of weights) {
    if (!('key' in p) || singles.byKey.has(p.key) || !isPossible(p.key)) continue;
    odds[p.key] = (odds[p.key] ?? 1) * w;
  }
  return odds;
};

/** The weight of each single move, and whether anything is left to choose from. */
const weigh = (weights: readonly { p: Pattern; w: number }[], singles: SingleMoves) => {
  const own: number[] = singles.keys.map(() => 1);
  for (const { p, w } of weights)
    for (const place of placesOf(p, singles)) own[place] = (own[place] ?? 1) * w;
  const most = own.reduce((max, one) => Math.max(max, one), 0);
  return { own, most, isLifted: own.length > 0 && most === 0 };
};

/** Whether a directive forbids all that could be done, which the engine lifts: the loop has to go on. */
export const forbidsAll = (
  { forbid = [] }: Directive,
  { space, config }: { space: MechanismContext['space']; config: Config },
): boolean =>
  weigh(
    forbid.map((p) => ({ p, w: 0 })),
    singleMoves(space, config),
  ).isLifted;

/** A choice that is shifted by less than a tenth, or leaves less than a hundredth, is not: by eye nobody could tell. */
const rounded = (weight: number): number => {
  if (weight > 0.9 && weight < 1 / 0.9) return 1;
  return weight < 0.01 ? 0 : Number(weight.toPrecision(12));
};

/**
 * How `forbid` and `prefer` shift a proposer's choice among its candidates: the most likely have 1 and aren't named. Empty where
 * the choice stays what it was, as with one weight for all, or with everything forbidden, which the engine lifts.
 */
export const oddsOf = (
  { forbid = [], prefer = [] }: Directive,
  context: MechanismContext,
  config: Config | null,
): Odds => {
  const weights = [...forbid.map((p) => ({ p, w: 0 })), ...prefer.filter(({ w }) => w !== 1)];
  if (weights.length === 0) return EVEN;
  const singles = singleMoves(context.space, config);
  const { own, most, isLifted } = weigh(weights, singles);
  if (isLifted) return EVEN;
  const shifted = singles.keys.flatMap((key, place): [string, number][] => {
    const weight = rounded((own[place] ?? 1) / most);
    return weight === 1 ? [] : [[key, weight]];
  });
  const beyond = named(weights, singles, (key) => canBeMade(key, context, config));
  const wider = Object.entries(beyond)
    .map(([key, weight]): [string, number] => [key, rounded(weight)])
    .filter(([, weight]) => weight !== 1);
  return Object.fromEntries([...shifted, ...wider]);
};
