import type { Incumbent } from '../../../contract/loop.js';
import type { RunRecord } from '../../../contract/measurement.js';
import type { Outcome } from '../../../contract/outcome.js';
import { levelName } from '../../../contract/lift-level.js';
import { addLift, idleLifts } from '../../../domain/alarms/lift-trail.js';
import { stillAfter } from '../../../domain/alarms/still.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import type { Loop } from '../loop.js';
import { goBack } from './go-back.js';
import { freeze, raise } from './raise.js';

interface Row {
  experiment: number;
  outcome: Outcome;
  reason: string;
  measurements: readonly RunRecord[];
  /** the experiment that it repeats; null: none */
  duplicateOf: number | null;
  /** set for a keep: what it replaced */
  before: Incumbent | null;
}

/** Keeps that executed next to nothing are taken back together. */
const watchLifts = (loop: Loop, { experiment, measurements, before }: Row): void => {
  const level = levelName(loop.input.level);
  if (level === 'R0' || before === null) return;
  loop.state = { ...loop.state, lifts: addLift(loop.state.lifts, measurements, before) };
  const idle = idleLifts(loop.state.lifts, level);
  if (idle === null) return;
  const { why, back } = idle;
  const response = [
    `back at #${String(back.experiment)}`,
    `${level} stops`,
    'let a lift run experiments, and count them as METRIC:experiments',
  ];
  raise(loop, { mode: 'ungrounded-search', experiment, why, response });
  goBack(loop, back);
  loop.state = {
    ...loop.state,
    lifts: { costs: loop.state.lifts?.costs ?? [], kept: [] },
    rent: { paid: back, keeps: loop.state.outcomes.keep ?? 0 },
  };
  freeze(loop, `ungrounded-search at #${String(experiment)}: ${why}`);
};

/** How long a level has given nothing but what stands. */
const watchStillness = (loop: Loop, { outcome, duplicateOf, measurements }: Row): void => {
  if (loop.input.level === 0) return;
  const standing = whatStands(loop.state)?.experiment ?? 0;
  const ended = { outcome, duplicateOf, ran: measurements.length > 0 };
  const still = stillAfter(loop.state.still, ended, standing);
  if (still !== (loop.state.still ?? 0)) loop.state = { ...loop.state, still };
};

/** What a finished experiment's row shows beside its outcome. */
export const watchRow = (loop: Loop, row: Row): void => {
  const { experiment, outcome, reason } = row;
  if (outcome === 'tampered')
    raise(loop, { mode: 'tamper', experiment, why: reason, response: ['the run is invalid'] });
  watchLifts(loop, row);
  watchStillness(loop, row);
};
