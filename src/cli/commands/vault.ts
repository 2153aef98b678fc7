import { UserError } from '../../contract/user-error.js';
import { listVaults, openVault, suiteOf } from '../../storage/vault/index.js';
import { readAuditLog } from '../../storage/audit/index.js';
import { usedOf } from '../../domain/holdout/budget.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { didYouMean } from '../../contract/nearest.js';
import { reasonOf } from '../doctor/check.js';

const ACTIONS = ['list', 'seal'];

const line = async (root: string, name: string): Promise<string> => {
  try {
    const open = await openVault(root, name);
    if (open === null) return `${name}: there is no vault.yaml in its folder`;
    const suite = suiteOf(open.vault);
    const records = await readAuditLog(root);
    const seal = records.find((one) => one.kind === 'rotate' && one.suite === suite);
    if (seal?.kind !== 'rotate') return `${suite}: ${open.vault.kind}, not sealed`;
    if (seal.dataHash !== open.dataHash) return `${suite}: changed since it was sealed`;
    const { queries } = usedOf(records, suite);
    return `${suite}: ${open.vault.kind} for ${open.vault.task}, ${String(queries)} of ${String(seal.budget.queries)} questions asked`;
  } catch (error) {
    return `${name}: ${error instanceof UserError ? error.message : reasonOf(error)}`;
  }
};

export const vault = defineCommand({
  name: 'vault',
  description: "List the steward's vaults, or seal one: pin its files, task and command, and open its budget",
  args: {
    action: { type: 'positional', required: true, description: 'list or seal' },
    name: { type: 'positional', required: false, description: 'seal: the vault' },
  },
  examples: [
    ['autolift vault list', 'as the user of the steward'],
    ['autolift vault seal sine', 'once for each version; a changed vault needs a new one'],
  ],
  notes: ['Vaults lie in AUTOLIFT_VAULTS/vaults, a folder each with a vault.yaml: docs/security.md.'],
  run: async ({ action, name }, terminal) => {
    const settings = settingsOf(terminal);
    const { root } = settings.steward;
    if (action === 'list') {
      const names = await listVaults(root);
      if (names.length === 0) terminal.out(`No vaults in ${root}/vaults.`);
      for (const one of names) terminal.out(await line(root, one));
      return EXIT.ok;
    }
    if (action !== 'seal' || name === undefined)
      throw new UserError(
        action === 'seal' ? 'which vault?' : `"${action}" is not an action${didYouMean(action, ACTIONS)}`,
        'autolift vault',
        'Write `autolift vault list` or `autolift vault seal NAME`.',
      );
    const { sealAsPerson } = await import('../../workers/steward-office.js');
    const { suite, task, dataHash, budget, fresh } = await sealAsPerson(settings, name);
    terminal.out(
      `${fresh ? 'Sealed' : 'Was sealed already:'} ${suite} for ${task}, files ${dataHash.slice(0, 16)}…, ` +
        `${String(budget.queries)} questions, ${budget.bits.toFixed(1)} bits.`,
    );
    return EXIT.ok;
  },
});
