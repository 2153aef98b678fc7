import type { Json } from '../../contract/json.js';
import type { Directive, MechanismContext, Pattern } from '../../contract/mechanism.js';
import type { Config } from './apply-moves.js';
import { moveFault } from './check-move.js';
import { patternFault } from './check-pattern.js';
import { LIMITS } from './limits.js';
import { matches } from './matches.js';
import { isList, isRecord, type JsonRecord, unknownFields } from './shape.js';

export type Checked = { legal: Directive } | { faults: readonly string[] };

type Check = (value: Json, context: MechanismContext, directive: JsonRecord) => readonly string[];

const said = (...faults: (string | null)[]): string[] => faults.filter((one) => one !== null);

const textOf =
  (name: string, most: number): Check =>
  (value) => {
    if (typeof value !== 'string') return [`${name} is a text`];
    return value.length > most ? [`${name} has ${String(value.length)} characters of ${String(most)}`] : [];
  };

const isWhole = (value: Json | undefined, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

/** The configuration that a directive's moves start from; null where nobody knows it. */
export const configOf = ({ incumbent, elites }: MechanismContext, parent: Json | undefined): Config | null =>
  parent === undefined || parent === incumbent.id
    ? incumbent.config
    : (elites.find(({ id }) => id === parent)?.config ?? null);

const patterns: Check = (value, context) => {
  if (!isList(value)) return ['forbid is a list of patterns'];
  if (value.length > LIMITS.patterns)
    return [`forbid has ${String(value.length)} patterns of ${String(LIMITS.patterns)}`];
  return said(...value.map((one) => patternFault(one, context)));
};

const preference = (one: Json, context: MechanismContext): string | null => {
  if (!isRecord(one)) return 'prefer is a list of { p, w }';
  const alien = unknownFields(one, ['p', 'w']);
  if (alien !== null) return `a preference has no ${alien}`;
  const { w } = one;
  const isWeight = typeof w === 'number' && Number.isFinite(w) && w >= 0;
  return isWeight ? patternFault(one['p'], context) : 'a weight is a number and at least 0';
};

const moves: Check = (value, context, { parent, forbid }) => {
  if (!isList(value) || value.length === 0) return ['move is a list of at least one move'];
  if (value.length > LIMITS.moves)
    return [`move has ${String(value.length)} moves of ${String(LIMITS.moves)}`];
  const { space } = context;
  const faults = said(...value.map((one) => moveFault(one, { space, config: configOf(context, parent) })));
  if (faults.length > 0) return faults;
  const wanted = value as unknown as NonNullable<Directive['move']>;
  const knobs = new Set(wanted.map(({ knob }) => knob));
  if (knobs.size < wanted.length) return ['a knob is moved twice'];
  const legal = forbid !== undefined && patterns(forbid, context, {}).length === 0;
  const forbidden = legal && (forbid as unknown as Pattern[]).some((one) => matches(one, wanted, space));
  return forbidden ? ['it moves what it forbids'] : [];
};

const replicate: Check = (value, { incumbent, trials, elites }, { move }) => {
  if (!isRecord(value)) return ['replicate is { id, n }'];
  const alien = unknownFields(value, ['id', 'n']);
  if (alien !== null) return [`replicate has no ${alien}`];
  const known = [incumbent, ...trials, ...elites].some(({ id }) => id === value['id']);
  return said(
    known ? null : 'replicate names a trial that nobody knows',
    isWhole(value['n'], LIMITS.batch) ? null : `n of replicate lies in 1 … ${String(LIMITS.batch)}`,
    move === undefined ? null : 'replicate and move exclude each other',
  );
};

const CHECKS: Readonly<Record<keyof Directive, Check>> = {
  forbid: patterns,
  prefer: (value, context) => {
    if (!isList(value)) return ['prefer is a list of { p, w }'];
    if (value.length > LIMITS.patterns)
      return [`prefer has ${String(value.length)} patterns of ${String(LIMITS.patterns)}`];
    return said(...value.map((one) => preference(one, context)));
  },
  move: moves,
  parent: (value, { incumbent, elites }) =>
    [incumbent, ...elites].some(({ id }) => id === value)
      ? []
      : ['parent is neither the incumbent nor an elite'],
  operator: (value, { operators }) =>
    typeof value === 'string' && operators.includes(value) ? [] : ['there is no such operator'],
  acceptTemp: (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0
      ? []
      : ['acceptTemp is a number and at least 0'],
  replicate,
  fidelity: (value) =>
    typeof value === 'number' && value > 0 && value <= 1 ? [] : ['fidelity is above 0 and at most 1'],
  batch: (value) => (isWhole(value, LIMITS.batch) ? [] : [`batch lies in 1 … ${String(LIMITS.batch)}`]),
  hint: textOf('hint', LIMITS.hint),
  why: textOf('why', LIMITS.why),
};

/** Whether a mechanism's answer may be followed in this context, or everything that is wrong with it. */
export const checkDirective = (answer: Json, context: MechanismContext): Checked => {
  if (!isRecord(answer)) return { faults: ['a directive is an object'] };
  const known = Object.keys(CHECKS) as (keyof Directive)[];
  const alien = unknownFields(answer, known);
  const faults = [
    ...said(
      alien === null ? null : `a directive has no ${alien}`,
      answer['why'] === undefined ? 'a directive says why' : null,
    ),
    ...known.flatMap((field) => {
      const value = answer[field];
      return value === undefined ? [] : CHECKS[field](value, context, answer);
    }),
  ];
  return faults.length === 0 ? { legal: answer as unknown as Directive } : { faults: [...new Set(faults)] };
};
