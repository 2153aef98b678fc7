import type { AuditRecord, Scored } from '../../contract/audit.js';
import { UserError } from '../../contract/user-error.js';
import { alarmFaults } from '../../domain/audit/replay-alarms.js';
import { replayFaults } from '../../domain/audit/replay.js';
import { auditFaults } from '../../domain/audit/verify.js';
import type { NumbersOf } from '../../domain/audit/watch-claims.js';
import { tEvidence } from '../../domain/holdout/evidence.js';
import { auditFile, readAuditLog, sha256 } from '../../storage/audit/index.js';
import { readNumbers } from '../../storage/vault/index.js';
import { auditLines } from '../audit-lines.js';
import { knownHeads, missingHeads } from '../known-heads.js';
import { gapLines } from '../gap-lines.js';
import { holdoutGap } from '../../domain/audit/gap.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';

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
    loop: {
      type: 'string',
      description: 'check the heads that this loop wrote down; without it, those of every loop',
      valueHint: 'id',
    },
    gap: {
      type: 'boolean',
      description: 'show what search claimed beside what the holdout measured: numbers, for people alone',
    },
    json: JSON_FLAG,
  },
  examples: [
    [
      'autolift audit',
      'as the user of the steward: chain, budgets, references, verdicts, heads that loops wrote down',
    ],
    ['autolift audit --loop sine/nov21', 'the heads of one loop, where several stewards share a ledger'],
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
    const heads = await knownHeads(settingsOf(terminal), loop);
    faults.push(...missingHeads(records, heads.known));
    const { unchecked } = heads;
    if (json) terminal.out(JSON.stringify({ root, records: records.length, faults, unchecked }, null, 2));
    else {
      const scores = records.filter((one): one is AuditRecord & Scored => one.kind === 'score');
      for (const line of auditLines({ records, scores, faults })) terminal.out(line);
      if (unchecked !== null)
        terminal.out(`! whether records were cut off its end was not checked: ${unchecked}`);
      const gaps = holdoutGap(mine(records, loop), (hash) => readNumbers(root, hash));
      if (gap === true) for (const line of gapLines(gaps)) terminal.out(line);
    }
    return faults.length === 0 ? EXIT.ok : EXIT.failed;
  },
});
