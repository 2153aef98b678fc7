import type { LoopStatus } from '../../contract/loop.js';
import { counted } from '../format.js';

type Method = NonNullable<LoopStatus['method']>;

/** A method in words: where it was read, and the beginning of its hash. */
export const methodWords = ({ ref, hash }: Pick<Method, 'ref' | 'hash'>): string =>
  `${ref} (${hash.slice(0, 12)})`;

/** What its mechanism has done so far, in words; '' without one. */
export const mechanismWords = ({ mechanism }: Pick<Method, 'mechanism'>): string => {
  if (mechanism === null) return '';
  const { name, calls, nonIdentity, complied, faults, inert } = mechanism;
  const [fault] = faults;
  if (fault !== undefined) return `${name} broke and doesn't count: ${fault}`;
  if (inert !== undefined) return `${name} is inert and doesn't count: ${inert}`;
  if (calls === 0) return `${name} was not asked yet`;
  const acted =
    nonIdentity === 0 ? 'never acted' : `acted ${String(nonIdentity)}, was obeyed ${String(complied)}`;
  return `${name} asked ${counted(calls, 'time')}, ${acted}`;
};
