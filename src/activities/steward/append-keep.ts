import type { Alarmed, AuditRecord, Kept, Scored } from '../../contract/audit.js';
import { keepNoteId, type KeepNoted, type StewardActivities } from '../../contract/steward.js';
import { keepNoteSchema } from '../../contract/vault-schema.js';
import { hasRoom } from '../../domain/audit/has-room.js';
import type { StewardDeps } from './deps.js';

/** Writes down what a loop kept and on which answers it rests; one that rests on none raises an alarm. */
export const createAppendKeep =
  (deps: StewardDeps): StewardActivities['appendKeep'] =>
  async (note) => {
    const records = await deps.audit.records();
    const last = records.at(-1)?.hash ?? '0'.repeat(64);
    if (!keepNoteSchema.safeParse(note).success) return { supported: false, head: last };
    const { loop, experiment, kind, candidate } = note;
    const before = records.some(
      (one) =>
        one.kind === kind &&
        one.loop === loop &&
        one.experiment === experiment &&
        one.artifactHash === candidate,
    );
    if (before) return { supported: true, head: last };
    const supports = (one: AuditRecord): one is AuditRecord & Scored =>
      one.kind === 'score' && note.records.includes(one.hash) && one.artifactHash === candidate;
    const scores = records.filter(supports).map(({ i }) => i);
    const entry: Kept | Alarmed =
      scores.length > 0
        ? { kind, loop, experiment, artifactHash: candidate, scores }
        : { kind: 'alarm', what: 'unsupported_keep', about: keepNoteId(note) };
    // what the log has no room for was not written down, and so supports nothing
    if (!hasRoom(records, entry)) return { supported: false, head: last };
    const { hash } = await deps.audit.append(entry);
    return { supported: scores.length > 0, head: hash } satisfies KeepNoted;
  };
