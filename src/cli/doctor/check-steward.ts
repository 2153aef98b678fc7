import { stat } from 'node:fs/promises';
import { hasWalls } from '../../workers/steward-office.js';
import type { Settings } from '../../workers/settings.js';
import { fail, ok, warn, type Check } from './check.js';

const NAME = 'steward';

const found = async (root: string): Promise<{ uid: number; mode: number } | 'none' | 'closed'> => {
  try {
    return await stat(root);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'closed' : 'none';
  }
};

/** Vault, log and keys are out of reach, and so is the memory of a process of another user; but not for root. */
const apart = (root: string, owner: string): Check =>
  process.getuid?.() === 0
    ? warn(
        NAME,
        `${root} belongs to ${owner}, and root reads it all the same`,
        'Run loops as a user that is not root.',
      )
    : ok(
        NAME,
        `${root} belongs to ${owner}: its vaults, log, keys and memory are closed to this one (not when its programs run: docs/security.md)`,
      );

/** How far the walls around holdouts stand on this machine; what does not stand is said, not hoped. */
export const checkSteward = async ({ steward, temporal, environment }: Settings): Promise<Check[]> => {
  const { root } = steward;
  const folder = await found(root);
  if (folder === 'none' && steward.publicKey !== null)
    return [ok(NAME, 'runs elsewhere: answers are believed by the key in AUTOLIFT_STEWARD_KEY alone')];
  if (folder === 'none') return [ok(NAME, `no vaults (${root}); a task with \`holdout\` needs some`)];
  if (folder === 'closed') return [apart(root, 'another user')];
  if ((folder.mode & 0o077) !== 0)
    return [fail(NAME, `${root} can be entered by other users`, `chmod 700 ${root}`)];
  const checks: Check[] = [];
  if (folder.uid === process.getuid?.())
    checks.push(
      warn(
        NAME,
        `${root} belongs to this user: sandboxes keep candidates and agents out, nothing keeps this user out`,
        'Run `autolift worker steward` as a user of its own, with AUTOLIFT_VAULTS; docs/security.md says how.',
      ),
    );
  else checks.push(apart(root, `user ${String(folder.uid)}`));
  checks.push(
    warn(
      NAME,
      'its cells run on this machine: a candidate can leave bits of the inputs it was given (never truth or score) to candidates and agents that run here too',
      'Where inputs must stay secret, give the steward a machine of its own; docs/security.md says how.',
    ),
  );
  if (!(await hasWalls(environment['PATH'] ?? '')))
    checks.push(
      warn(
        NAME,
        'there is no bubblewrap: the steward refuses to run candidates, and agents can read what this user can',
        'Install bubblewrap; `withoutSandbox: run` in steward.yaml gives the wall up.',
      ),
    );
  if (temporal.kind === 'embedded')
    checks.push(
      warn(
        NAME,
        'the embedded Temporal server asks nobody for a key: who reaches its port can spend the budget (answers are signed)',
        'Run the steward on a server with accounts where others can reach the port.',
      ),
    );
  return checks;
};
