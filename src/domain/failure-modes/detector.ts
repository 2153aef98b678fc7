import type { FailureMode } from '../../contract/alarm.js';

export type Level = 'R1' | 'R2' | 'R3' | 'R4';

/** What the engine is to do, as data: the detectors only see. */
export type Response =
  | { do: 'revert-objective'; to: string | null }
  | { do: 'freeze-level'; level: Level }
  | { do: 'invalidate'; evaluator: string }
  | { do: 'quarantine-evaluator'; evaluator: string }
  | { do: 're-score'; evaluator: string }
  | { do: 'demote'; artifacts: readonly string[] }
  | { do: 'add-counter-canaries' }
  | { do: 'restore-real-share'; least: number }
  | { do: 'accumulate' }
  | { do: 're-anchor' }
  | { do: 'stop-level'; level: Level; keep: number }
  | { do: 'require-experiment-plan' }
  | { do: 'refuse-lift'; projected: number }
  | { do: 'finish-in-budget'; left: number };

/** One way in which a mode shows. */
export interface Found {
  why: string;
  response: readonly Response[];
}

export interface Check<Trail> {
  name: string;
  /** null: nothing to see */
  finds: (trail: Trail) => Found | null;
}

/** A failure mode and all ways to see it in the numbers of the audit trail. */
export interface Detector<Trail> {
  mode: FailureMode;
  checks: readonly Check<Trail>[];
}

export interface Finding {
  mode: FailureMode;
  alarm: boolean;
  response: readonly Response[];
  why: string;
}

/** Asks all checks; the alarm is raised if any of them finds something. */
export const detect = <Trail>({ mode, checks }: Detector<Trail>, trail: Trail): Finding => {
  const found = checks.flatMap(({ finds }) => finds(trail) ?? []);
  const response = found.flatMap((one) => one.response);
  return { mode, alarm: found.length > 0, response, why: found.map(({ why }) => why).join('; ') };
};
