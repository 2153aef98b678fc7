import type { AuditRecord, Scored } from '../../contract/audit.js';
import { readAnchor } from '../../contract/steward.js';
import { UserError } from '../../contract/user-error.js';
import { alarmFaults } from '../../domain/audit/replay-alarms.js';
import { replayFaults } from '../../domain/audit/replay.js';
import { auditFaults, type Fault } from '../../domain/audit/verify.js';
import type { NumbersOf } from '../../domain/audit/watch-claims.js';
import { tEvidence } from '../../domain/holdout/evidence.js';
import { auditFile, readAuditLog, sha256 } from '../../storage/audit/index.js';
import { readNumbers } from '../../storage/vault/index.js';
import { auditLines } from '../audit-lines.js';
import { gapLines } from '../gap-lines.js';
import { holdoutGap } from '../../domain/audit/gap.js';
import { defineCommand } from '../command.js';
import { settingsOf, withLedger } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';
import type { Terminal } from '../terminal.js';

/** Heads that a loop's ledger holds: each must be in the log, or records were cut off its end. */
const missingAnchors = (records: readonly AuditRecord[], anchors: readonly string[]): Fault[] => {
  const known = new Set(records.map(({ hash }) => hash));
  return anchors
    .filter((hash) => !known.has(hash) && !/^0+$/.test(hash))
    .map((hash) => ({
      i: records.length,
      what: `is missing: the ledger holds ${hash.slice(0, 16)}…, which is not in the log`,
    }));
};

const anchorsOf = async (loop: string | undefined, terminal: Terminal): Promise<string[]> => {
  if (loop === undefined) return [];
  const record = await withLedger(settingsOf(terminal), async (ledger) => ledger.record(loop));
  if (record === null)
    throw new UserError('the ledger has no such loop', loop, '`autolift loops` lists them.');
  return record.events.flatMap(({ text }) => readAnchor(text) ?? []);
};

const readable = async (root: string): Promise<AuditRecord[]> => {
  try {
    return await readAuditLog(root);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    throw new UserError('may not be read', auditFile(root), 'Run this as the user of the steward.');
  }
};

/** Each file is read once, however many answers it is weighed with. */
const remembered = (read: NumbersOf): NumbersOf => {
  const known = new Map<string, ReturnType<NumbersOf>>();
  return (hash) => {
    const found = known.get(hash) ?? read(hash);
    known.set(hash, found);
    return found;
  };
};

/** What one loop asked; without a name, what all did. */
const mine = (records: readonly AuditRecord[], loop: string | undefined): AuditRecord[] =>
  records.filter((one) => loop === undefined || one.kind !== 'score' || one.question.startsWith(`${loop}/`));

export const audit = defineCommand({
  name: 'audit',
  description: "Verify the steward's audit log and decide every answer again from its stored numbers",
  args: {
    loop: { type: 'string', description: "check the heads that this loop's ledger holds", valueHint: 'id' },
    gap: {
      type: 'boolean',
      description: 'show what search claimed beside what the holdout measured: numbers, for people alone',
    },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift audit', 'as the user of the steward: chain, budgets, references, verdicts'],
    ['autolift audit --loop sine/nov21', 'and that nothing was cut off since the loop saw it'],
    ['autolift audit --gap', 'what the search gained beside what the holdout measured'],
  ],
  notes: ['Exit code 1 if a record breaks; the message names the first one and what is wrong with it.'],
  run: async ({ loop, gap, json }, terminal) => {
    const { root } = settingsOf(terminal).steward;
    const records = await readable(root);
    const faults = auditFaults(records, sha256);
    const stored = { numbers: (hash: string) => readNumbers(root, hash), evidence: tEvidence, sha256 };
    const chainHolds = !faults.some(({ what }) => /numbered|follow|changed after/.test(what));
    if (chainHolds)
      faults.push(...replayFaults(records, stored), ...alarmFaults(records, remembered(stored.numbers)));
    faults.push(...missingAnchors(records, await anchorsOf(loop, terminal)));
    if (json) terminal.out(JSON.stringify({ root, records: records.length, faults }, null, 2));
    else {
      const scores = records.filter((one): one is AuditRecord & Scored => one.kind === 'score');
      for (const line of auditLines({ records, scores, faults })) terminal.out(line);
      const gaps = holdoutGap(mine(records, loop), (hash) => readNumbers(root, hash));
      if (gap === true) for (const line of gapLines(gaps)) terminal.out(line);
    }
    return faults.length === 0 ? EXIT.ok : EXIT.failed;
  },
});
