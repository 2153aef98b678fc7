/** What the keeper sees of a process at one moment. */
export interface Sight {
  alive: boolean;
  answers: boolean;
  /** of the make that is wanted */
  current: boolean;
  /** milliseconds without an answer while alive */
  silentFor: number;
  /** milliseconds since the last start or end */
  since: number;
  /** ends in a row without having been well */
  failures: number;
}

export type Step = 'start' | 'wait' | 'replace' | 'kill' | 'well';

/** A server that is alive and silent for so long hangs. */
const HANGS_AFTER_MS = 60_000;

export const BACKOFF_MS = [0, 500, 1000, 2000, 5000, 10_000, 30_000] as const;

/** What to do about one process; pure. */
export function nextStep(sight: Sight): Step {
  if (!sight.alive) return sight.since >= backoff(sight.failures) ? 'start' : 'wait';
  if (!sight.current) return 'replace';
  if (sight.answers) return 'well';
  return sight.silentFor >= HANGS_AFTER_MS ? 'kill' : 'wait';
}

const backoff = (failures: number): number => BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 30_000;
