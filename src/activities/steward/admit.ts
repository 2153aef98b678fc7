import type { Alarmed, AuditRecord, Queried, Scored, Sealed } from '../../contract/audit.js';
import {
  questionId,
  type HoldoutQuery,
  type InvalidReason,
  type VaultProbe,
} from '../../contract/steward.js';
import { holdoutQuerySchema, type Vault } from '../../contract/vault-schema.js';
import { hasRoom } from '../../domain/audit/has-room.js';
import { leftOf, mayAsk, usedOf } from '../../domain/holdout/budget.js';
import { openVault, suiteOf, type OpenVault } from '../../storage/vault/index.js';
import type { StewardDeps } from './deps.js';

export type Admission =
  | { refused: InvalidReason; seal: Sealed | null }
  /** it was asked before, and this was the answer */
  | { answered: AuditRecord & Scored; seal: Sealed }
  | { admitted: Admitted };

interface Sound {
  open: OpenVault & { vault: Exclude<Vault, { kind: 'reserve' }> };
  seal: AuditRecord & Sealed;
}

export interface Admitted extends Sound {
  /** of an attempt that died */
  begun: (AuditRecord & Queried) | null;
}

const refused = (
  reason: InvalidReason,
  seal: Sealed | null = null,
): { refused: InvalidReason; seal: Sealed | null } => ({ refused: reason, seal });

/** The question in the log, under the same key: the same candidate, or somebody's trick. */
const askedBefore = (
  records: readonly AuditRecord[],
  query: HoldoutQuery,
): { begun: (AuditRecord & Queried) | null; answered: (AuditRecord & Scored) | null } => {
  const question = questionId(query);
  const begun = records.find((one) => one.kind === 'query' && one.question === question) ?? null;
  const answered = records.find((one) => one.kind === 'score' && one.question === question) ?? null;
  return {
    begun: begun as (AuditRecord & Queried) | null,
    answered: answered as (AuditRecord & Scored) | null,
  };
};

const openSafely = async (deps: StewardDeps, name: string): Promise<OpenVault | null> => {
  try {
    return await openVault(deps.root, name);
  } catch (error) {
    deps.log(`vault ${name}: ${String(error)}`);
    return null;
  }
};

const raise = async (
  { audit }: StewardDeps,
  records: readonly AuditRecord[],
  alarm: Omit<Alarmed, 'kind'>,
): Promise<void> => {
  const entry: Alarmed = { kind: 'alarm', ...alarm };
  if (hasRoom(records, entry)) await audit.append(entry);
};

/** A vault as it was sealed, for the task and command that it is pinned to. */
export const openFor = async (
  deps: StewardDeps,
  query: Pick<VaultProbe, 'task' | 'vault' | 'command'>,
): Promise<{ refused: InvalidReason; seal: Sealed | null } | (Sound & { records: AuditRecord[] })> => {
  const open = await openSafely(deps, query.vault);
  if (open === null) return refused('unknown_vault');
  const { vault, dataHash } = open;
  if (vault.task !== query.task || vault.score !== query.command) return refused('not_pinned');
  if (vault.kind === 'reserve') return refused('reserve');
  if (deps.walls === null) return refused('no_sandbox');
  const suite = suiteOf(vault);
  const records = await deps.audit.records();
  const seal = records.find((one) => one.kind === 'rotate' && one.suite === suite) as
    (AuditRecord & Sealed) | undefined;
  if (seal === undefined) return refused('not_sealed');
  if (seal.dataHash !== dataHash) {
    await raise(deps, records, { what: 'vault_changed', about: suite });
    return refused('vault_changed', seal);
  }
  return { open: { ...open, vault }, seal, records };
};

/** Whether a question may be put to a vault at all; nothing of what is in it has a say. */
export const admit = async (deps: StewardDeps, asked: HoldoutQuery): Promise<Admission> => {
  const parsed = holdoutQuerySchema.safeParse(asked);
  if (!parsed.success) return refused('bad_question');
  const query = parsed.data;
  const sound = await openFor(deps, query);
  if ('refused' in sound) return sound;
  const { open, seal, records } = sound;
  const suite = suiteOf(open.vault);
  const leak = records.find((one) => one.kind === 'alarm' && one.what === 'leak' && one.suite === suite);
  const { begun, answered } = askedBefore(records, query);
  const same =
    begun === null ||
    (begun.suite === suite &&
      begun.artifactHash === query.candidate &&
      begun.incumbentHash === query.incumbent);
  if (!same) {
    await raise(deps, records, { what: 'changed_question', about: questionId(query) });
    return refused('bad_question', seal);
  }
  if (answered !== null) return { answered, seal };
  if (leak !== undefined)
    return refused('about' in leak && leak.about === questionId(query) ? 'leak' : 'burnt', seal);
  const used = usedOf(records, suite);
  const payable = begun === null ? mayAsk(seal.budget, used) : leftOf(seal.budget, used).passes > 0;
  if (!payable) return refused('budget_spent', seal);
  return { admitted: { open, seal, begun } };
};
