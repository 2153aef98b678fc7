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

/** The same, and what a connection to the Temporal server takes. */
export function deviceEnvironment(environment: Environment): Record<string, string> {
  const passed = pick(environment, (name) => PASSED.test(name) || name.startsWith('TEMPORAL_'));
  return { ...FEW_HEAPS, ...passed };
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
