import type { Json } from '../../contract/json.js';
import type { Knob, MechanismContext } from '../../contract/mechanism.js';
import { isRecord } from './shape.js';

/** Whether a text is the key of a move of this knob. */
const isKeyOf = (key: string, { id, kind, values }: Knob): boolean => {
  if (!key.startsWith(id)) return false;
  const rest = key.slice(id.length);
  if (/^[+-](?:[2-9]|[1-9]\d+)?$/.test(rest)) return kind !== 'choice';
  return rest.startsWith('=') && (values === undefined || values.some((one) => `=${String(one)}` === rest));
};

/** Settings may hold spaces, so a key is first taken for one move. Where knobs don't describe an artifact only its trials have keys. */
const isKey = (key: string, space: readonly Knob[]): boolean => {
  const ofMove = (one: string): boolean => space.some((knob) => isKeyOf(one, knob));
  return ofMove(key) || key.split(' ').every(ofMove);
};

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
    return trials.some(({ key }) => key === value) || isKey(value, space)
      ? null
      : `no move has the key "${shown}"`;
  if (field === 'knob') {
    return space.some(({ id }) => id === value) ? null : `there is no knob "${shown}"`;
  }
  if (field !== 'group') return `a pattern has no "${String(field).slice(0, 40)}"`;
  return space.some(({ group }) => group === value) ? null : `there is no group "${shown}"`;
};
