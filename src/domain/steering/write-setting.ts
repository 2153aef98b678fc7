import type { KnobValue } from '../../contract/mechanism.js';
import type { Literal } from '../proposers/mutate/literal.js';
import { numeral } from '../proposers/mutate/numeral.js';

const numberText = ({ text, kind }: Literal, to: number): string | null => {
  const negative = text.startsWith('-');
  if (kind.type !== 'number' || (to < 0 && !negative && !kind.signed)) return null;
  const style = numeral(negative ? text.slice(1) : text);
  const size = Math.abs(style.integer ? Math.round(to) : to);
  const short = style.write(size);
  if (short === null) return null;
  // asked for exactly, it is written exactly where the language has only one way to write it
  const exact = String(size);
  const plain = /^\d+\.\d+$/;
  const written = numeral(short).value !== size && plain.test(short) && plain.test(exact) ? exact : short;
  return `${to < 0 ? '-' : ''}${written}`;
};

/** The literal's text for a setting, in the spelling that it has; null where it can't be written, or reads the same. */
export const writeSetting = (literal: Literal, to: KnobValue): string | null => {
  const { kind, text } = literal;
  if (kind.type === 'boolean') {
    const isNow = /^(?:true|yes|on)$/i.test(text);
    return typeof to !== 'boolean' || to === isNow ? null : kind.other;
  }
  if (kind.type === 'number') {
    const written = typeof to === 'number' ? numberText(literal, to) : null;
    return written === text ? null : written;
  }
  const choice = kind.choices.find((one) => one === String(to) || Number(one) === to);
  const written = choice === undefined ? null : kind.quote + choice + kind.quote;
  return written === text ? null : written;
};
