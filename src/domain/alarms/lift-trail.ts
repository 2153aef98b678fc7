import type { Incumbent, LiftTrail, LoopInput, LoopState } from '../../contract/loop.js';
import type { RunRecord } from '../../contract/measurement.js';
import { costExplosion } from '../failure-modes/cost-explosion.js';
import { detect } from '../failure-modes/detector.js';
import { UNEXECUTED } from '../failure-modes/ungrounded-search.js';
import { RENT_PERIOD } from '../lift/rent.js';

/** What a lift prints who knows how many experiments it executed below. */
const EXECUTED = 'experiments';

/** Growth from one lift to the next that is no noise of the clock; without growth the end of a budget is no explosion. */
const GROWTH = 1.5;

const EMPTY: LiftTrail = { costs: [], kept: [] };

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

const executedBy = (measurements: readonly RunRecord[]): number | null => {
  const counts = measurements.flatMap(({ role, metrics }) =>
    role === 'candidate' ? (metrics[EXECUTED] ?? []) : [],
  );
  return counts.length === 0 ? null : sum(counts);
};

/** The trail with one more keep; `before` is what it replaced. */
export const addLift = (
  trail: LiftTrail | undefined,
  measurements: readonly RunRecord[],
  before: Incumbent,
): LiftTrail => {
  const { costs, kept } = trail ?? EMPTY;
  const cost = sum(measurements.map(({ deviceSeconds }) => deviceSeconds));
  const one = { executed: executedBy(measurements), before };
  return {
    costs: [...costs, cost].slice(-RENT_PERIOD),
    kept: [...kept, one].slice(-RENT_PERIOD),
  };
};

/** Why the next lift may not begin: its cost, grown like the last one's, would pass what the loop may hold devices for. */
export const costRefusal = (
  { lifts, spent, budget }: Pick<LoopState, 'lifts' | 'spent' | 'budget'>,
  { level }: Pick<LoopInput, 'level'>,
): string | null => {
  const [before, last] = lifts?.costs.slice(-2) ?? [];
  if (level === 0 || budget.deviceHours === undefined || before === undefined || last === undefined)
    return null;
  if (last <= GROWTH * before) return null;
  const costs = lifts?.costs ?? [];
  const older = Math.max(0, spent.deviceSeconds - sum(costs));
  const found = detect(costExplosion, {
    costs: [older, ...costs],
    gains: [],
    envelope: budget.deviceHours * 3600,
  });
  return found.alarm ? `${found.why} (device-seconds)` : null;
};

/** Why the last keeps are no research, and what stood before them; null: they executed enough, or don't say. */
export const idleLifts = (
  trail: LiftTrail | undefined,
  level: 'R1' | 'R2' | 'R3' | 'R4',
): { why: string; back: Incumbent } | null => {
  const kept = trail?.kept ?? [];
  const [first] = kept;
  const experiments = kept.flatMap(({ executed }) => executed ?? []);
  if (first === undefined || kept.length < RENT_PERIOD || experiments.length < kept.length) return null;
  const found = detect(UNEXECUTED, { level, climb: [], experiments });
  return found.alarm ? { why: found.why, back: first.before } : null;
};
