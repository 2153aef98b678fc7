import { devNull } from 'node:os';

/**
 * Given to every git process: a user's repository may hold hooks, monitors, filters and helpers, and none of
 * them is ours to run. On the command line they win over the same key of the repository's own configuration, and over
 * no other: a more specific one has to be named too.
 */
export const GIT_SETTINGS: readonly string[] = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.useReplaceRefs=false',
  'core.quotePath=false',
  'core.fsync=committed,-loose-object',
  'credential.helper=',
  'fastimport.unpackLimit=1000',
  'gc.auto=0',
  'maintenance.auto=false',
  // a partial clone would fetch missing objects with a program of the repository's choice
  ...['', '.ext', '.fd', '.file', '.git', '.http', '.https', '.ssh'].map(
    (one) => `protocol${one}.allow=never`,
  ),
  'safe.bareRepository=all',
  'safe.directory=*',
];

/** No command may take a lock that the user's own git needs. */
export const GIT_FLAGS: readonly string[] = ['--no-optional-locks', '--no-pager'];

/** What simple-git asks to be confirmed: all of it switches something off. */
export const CONFIRMED = {
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeFilter: true,
} as const;
