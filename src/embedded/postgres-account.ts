import { spawnSync } from 'node:child_process';
import { UserError } from '../contract/user-error.js';

let unsharable: boolean | undefined;

/**
 * A command as PostgreSQL accepts it, which refuses to be root: in a user namespace of one user, where root has
 * another number. Its files stay root's outside.
 */
export function asOrdinaryUser(command: string, args: string[]): { command: string; args: string[] } {
  if (process.getuid?.() !== 0) return { command, args };
  const prefix = ['--user', '--map-user=1000', '--map-group=1000', '--'];
  unsharable ??= spawnSync('unshare', [...prefix, 'true'], { stdio: 'ignore' }).status === 0;
  if (unsharable) return { command: 'unshare', args: [...prefix, command, ...args] };
  throw new UserError(
    'PostgreSQL refuses to run as root, and this system allows no user namespaces (`unshare --user`)',
    'embedded PostgreSQL',
    'Run autolift as an ordinary user, or set DATABASE_URL to a server of your own.',
  );
}
