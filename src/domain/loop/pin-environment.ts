import type { RunReport } from '../../contract/run-schema.js';

/** Hosts that a loop remembers: where each container has a name of its own there are ever new ones. */
const MOST_HOSTS = 64;

/**
 * The first measurement on a host fixes the environment of the evaluator there. `before`: the one that was fixed, where
 * this is another.
 */
export const pinEnvironment = (
  known: Record<string, string>,
  { host, environment = '' }: Pick<RunReport['device'], 'host' | 'environment'>,
): { environments: Record<string, string>; before: string | null } => {
  const pinned = Object.hasOwn(known, host) ? known[host] : undefined;
  if (environment === '' || pinned === environment) return { environments: known, before: null };
  if (pinned !== undefined) return { environments: known, before: pinned };
  const others = Object.entries(known).slice(1 - MOST_HOSTS);
  return { environments: Object.fromEntries([...others, [host, environment]]), before: null };
};

/** What has changed, as a person is told it. */
export const changedEnvironment = (host: string, changed: readonly string[]): string =>
  `the environment of the evaluator on ${host}${changed.length === 0 ? '' : ` (${changed.join(', ')})`}`;
