import { expect, test } from 'vitest';
import type { Alarmed, AuditEntry, AuditRecord, Kept } from '../../../../src/contract/audit.js';
import {
  hasRoom,
  MOST_ALARMS,
  MOST_ALARMS_OF_ALL,
  MOST_KEEPS,
} from '../../../../src/domain/audit/has-room.js';

const log = (count: number, entry: (at: number) => AuditEntry): AuditRecord[] =>
  Array.from({ length: count }, (_, at) => ({ ...entry(at), i: at }) as AuditRecord);

const keep = (experiment: number, loop = 'toy/a'): Kept => ({
  kind: 'keep',
  loop,
  experiment,
  artifactHash: 'c',
  scores: [0],
});
const alarm = (about: string, what: Alarmed['what'] = 'unsupported_keep'): Alarmed => ({
  kind: 'alarm',
  what,
  about,
});

test('a loop notes so many keeps and no more; another one still may', () => {
  expect(hasRoom(log(MOST_KEEPS - 1, keep), keep(9999))).toBe(true);
  const full = log(MOST_KEEPS, keep);
  expect(hasRoom(full, keep(9999))).toBe(false);
  expect(hasRoom(full, keep(9999, 'toy/b'))).toBe(true);
  expect(hasRoom(full, alarm('toy/a/1/note-keep'))).toBe(true);
});

test('so it is with alarms about a loop, whatever experiment they name', () => {
  const full = log(MOST_ALARMS, (at) => alarm(`toy/a/${String(at)}/note-keep`));
  expect(hasRoom(full.slice(1), alarm('toy/a/9999/note-keep'))).toBe(true);
  expect(hasRoom(full, alarm('toy/a/9999/note-keep'))).toBe(false);
  expect(hasRoom(full, alarm('toy/a/9999/keep', 'changed_question'))).toBe(true);
  expect(hasRoom(full, alarm('toy/b/9999/note-keep'))).toBe(true);
});

test('so it is with alarms about a vault', () => {
  const full = log(MOST_ALARMS, () => alarm('toy@1', 'vault_changed'));
  expect(hasRoom(full, alarm('toy@1', 'vault_changed'))).toBe(false);
  expect(hasRoom(full, alarm('toy@2', 'vault_changed'))).toBe(true);
});

test('a new name for each alarm does not fill the log either', () => {
  const full = log(MOST_ALARMS_OF_ALL, (at) => alarm(`toy/${String(at)}/1/note-keep`));
  expect(hasRoom(full, alarm('toy/new/1/note-keep'))).toBe(false);
});
