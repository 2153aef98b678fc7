import { ARTIFACTS } from './artifact-settings.js';
import type { Environment } from './environment.js';

/** Names that a server or a device worker needs; everything else, keys above all, stays out. */
const PASSED =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_.*|TZ|TMPDIR|TEMP|TMP|XDG_.*|SSL_CERT_.*|CUDA_.*|NVIDIA_.*|HIP_.*|ROCR_.*|LD_LIBRARY_PATH|DYLD_.*)$/;

/** The caller's environment without what a server or a device worker must not see. */
export function plainEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, (name) => PASSED.test(name));
}

/** glibc's heap a thread would hold memory that a worker of many threads never asks for again. */
export const FEW_HEAPS = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

/** What git needs to fetch without a question. */
const FETCHING =
  /^(AUTOLIFT_GIT_REMOTE|SSH_AUTH_SOCK|GIT_(SSH|SSH_COMMAND|ASKPASS|CONFIG_GLOBAL|SSL_.*)|(HTTPS?|ALL|NO)_PROXY)$/i;

const isBucket = (environment: Environment): boolean => environment[ARTIFACTS]?.startsWith('s3://') === true;

/** The same, and what connections to the Temporal server, a git remote and the artifact store take. */
export function deviceEnvironment(environment: Environment): Record<string, string> {
  const passed = pick(
    environment,
    (name) =>
      PASSED.test(name) ||
      FETCHING.test(name) ||
      name.startsWith('TEMPORAL_') ||
      name === 'AUTOLIFT_VAULTS' ||
      (isBucket(environment) && (name === ARTIFACTS || name.startsWith('AWS_'))),
  );
  return { ...FEW_HEAPS, ...passed };
}

/** What the steward gets: its own folder, keys and server; no model's key, no database. */
export function stewardEnvironment(environment: Environment): Record<string, string> {
  const apart = Object.keys(environment).some((name) => name.startsWith('AUTOLIFT_STEWARD_TEMPORAL_'));
  const own = (name: string): boolean =>
    /^AUTOLIFT_(HOME|VAULTS|STEWARD(_.*)?|TEMPORAL_PORT|UI_PORT)$/.test(name) ||
    (!apart && name.startsWith('TEMPORAL_'));
  return { ...FEW_HEAPS, ...pick(environment, (name) => PASSED.test(name) || own(name)) };
}

/** Everything: the control worker calls models and agent programs on the user's behalf. */
export function controlEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, () => true);
}

function pick(environment: Environment, keep: (name: string) => boolean): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && keep(entry[0]),
  );
  return Object.fromEntries(entries);
}
