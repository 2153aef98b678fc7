import type { Knob, KnobValue } from '../../contract/mechanism.js';
import type { Literal } from '../proposers/mutate/literal.js';
import { numeral } from '../proposers/mutate/numeral.js';

/** The literals of some files as knobs: what they are, where they stand, and which literal each is. */
export interface Knobs {
  space: Knob[];
  config: Record<string, KnobValue>;
  literals: ReadonlyMap<string, Literal>;
}

const TRUE = /^(?:true|yes|on)$/i;

const numberOf = (text: string): { value: number; integer: boolean } => {
  const negative = text.startsWith('-');
  const { value, integer } = numeral(negative ? text.slice(1) : text);
  return { value: negative ? -value : value, integer };
};

const isPlainNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

type Setting = Omit<Knob, 'id' | 'group'> & { at: KnobValue };

const ofChoices = (choices: readonly string[], now: string): Setting => {
  if (!choices.every(isPlainNumber)) return { kind: 'choice', values: choices, at: now };
  const values = choices.map(Number).sort((a, b) => a - b);
  return { kind: values.every(Number.isInteger) ? 'integer' : 'number', values, at: Number(now) };
};

const settingOf = ({ kind, text }: Literal): Setting | null => {
  if (kind.type === 'boolean') return { kind: 'choice', values: [false, true], at: TRUE.test(text) };
  if (kind.type === 'choice') return ofChoices(kind.choices, kind.quote === '' ? text : text.slice(1, -1));
  const { value, integer } = numberOf(text);
  if (!Number.isFinite(value)) return null;
  const { range } = kind;
  const bounds = range === null ? {} : { range: [range.low, range.high] as const };
  return { kind: integer ? 'integer' : 'number', at: value, ...bounds };
};

/** The line is left out: it changes with every edit above. */
const nameOf = ({ name, line }: Literal): string =>
  name.startsWith('line ')
    ? `line-${String(line)}`
    : name.replace(/ \(line \d+\)$/, '').replaceAll(/\s+/g, '_');

/** Every literal that `mutate` knows of as a knob `path:name`; a name that comes again is numbered. */
export const knobsOf = (literals: readonly Literal[]): Knobs => {
  const knobs: Knobs & { literals: Map<string, Literal> } = { space: [], config: {}, literals: new Map() };
  const met = new Map<string, number>();
  for (const literal of literals) {
    const setting = settingOf(literal);
    if (setting === null) continue;
    const name = `${literal.path.replaceAll(/\s+/g, '_')}:${nameOf(literal)}`;
    const count = (met.get(name) ?? 0) + 1;
    met.set(name, count);
    const id = count === 1 ? name : `${name}#${String(count)}`;
    const { at, ...knob } = setting;
    knobs.space.push({ id, ...knob, group: literal.path });
    knobs.config[id] = at;
    knobs.literals.set(id, literal);
  }
  return knobs;
};
