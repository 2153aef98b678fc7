import type { Alarmed, AuditRecord, Kept } from '../../contract/audit.js';

/** Keeps that one loop may have noted: the log is read whole for each question, and whoever reaches the server may write. */
export const MOST_KEEPS = 2000;
/** Alarms of one kind about one loop, or one vault: a hundred say all that one more could. */
export const MOST_ALARMS = 100;
/** Alarms of one kind about anybody: a loop's name is whatever the asker says it is. */
export const MOST_ALARMS_OF_ALL = 10_000;

const isUnpaid = (one: AuditRecord): one is AuditRecord & Alarmed =>
  one.kind === 'alarm' && !('suite' in one);

/** Of a question or a note: `<loop>/<experiment>/<what>`; a vault is its own subject. */
const subjectOf = ({ what, about }: Alarmed): string =>
  what === 'vault_changed' ? about : about.split('/').slice(0, -2).join('/');

const keepsOf = (records: readonly AuditRecord[], loop: string): number =>
  records.filter((one) => (one.kind === 'keep' || one.kind === 'promote') && one.loop === loop).length;

/** Whether the log takes one more record that no budget pays for. */
export const hasRoom = (records: readonly AuditRecord[], entry: Kept | Alarmed): boolean => {
  if (entry.kind !== 'alarm') return keepsOf(records, entry.loop) < MOST_KEEPS;
  const alike = records.filter((one) => isUnpaid(one) && one.what === entry.what) as (AuditRecord &
    Alarmed)[];
  const same = alike.filter((one) => subjectOf(one) === subjectOf(entry));
  return same.length < MOST_ALARMS && alike.length < MOST_ALARMS_OF_ALL;
};
