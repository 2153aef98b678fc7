import { spawnSync } from 'node:child_process';
import { UserError } from '../contract/user-error.js';

let unsharable: boolean | undefined;

/**
 * What comes before a command so that PostgreSQL, which refuses to be root, accepts the user that it runs as:
 * a user namespace of one user, in which root has another number. Its files stay root's outside.
 */
export function asOrdinaryUser(): string[] {
  if (process.getuid?.() !== 0) return [];
  const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];
  unsharable ??= spawnSync('unshare', [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0;
  if (unsharable) return prefix;
  throw new UserError(
    'PostgreSQL refuses to run as root, and this system allows no user namespaces (`unshare --user`)',
    'embedded PostgreSQL',
    'Run autolift as an ordinary user, or set DATABASE_URL to a server of your own.',
  );
}
