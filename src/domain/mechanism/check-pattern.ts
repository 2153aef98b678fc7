import type { Json } from '../../contract/json.js';
import type { MechanismContext } from '../../contract/mechanism.js';
import { movesOfKey } from './move-key.js';
import { isRecord } from './shape.js';

/** What is wrong with a pattern: one that can never match is a mistake, not a restraint. */
export const patternFault = (
  pattern: Json | undefined,
  { space, trials }: Pick<MechanismContext, 'space' | 'trials'>,
): string | null => {
  if (!isRecord(pattern)) return 'a pattern is a key, a knob or a group';
  const [field, ...more] = Object.keys(pattern);
  const value = field === undefined ? undefined : pattern[field];
  if (more.length > 0 || typeof value !== 'string') return 'a pattern is one of key, knob and group, a text';
  const shown = value.slice(0, 80);
  if (field === 'key')
    return trials.some(({ key }) => key === value) || movesOfKey(value, space) !== null
      ? null
      : `no move has the key "${shown}"`;
  if (field === 'knob') {
    return space.some(({ id }) => id === value) ? null : `there is no knob "${shown}"`;
  }
  if (field !== 'group') return `a pattern has no "${String(field).slice(0, 40)}"`;
  return space.some(({ group }) => group === value) ? null : `there is no group "${shown}"`;
};
