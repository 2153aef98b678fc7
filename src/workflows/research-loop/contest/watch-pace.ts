import type { RunRecord } from '../../../contract/measurement.js';
import { idleRungs, notePart } from '../../../domain/contest/idle-rungs.js';
import { raise } from '../alarms/raise.js';
import type { Loop } from '../loop.js';

/** Tells once, as soon as it is seen, that runs with a part of the budget last as long as whole ones. */
export const watchPace = (loop: Loop, record: RunRecord, fidelity: number): void => {
  const { contests } = loop.state;
  if (contests?.pace === undefined) return;
  const { pace: before, ...rest } = contests;
  const pace = notePart(before, record, fidelity);
  const idle = idleRungs(pace, loop.input.task.run.budget);
  loop.state = { ...loop.state, contests: idle === null ? { ...rest, pace } : rest };
  if (idle === null) return;
  const experiment = contests.current?.arms[0]?.experiment ?? 0;
  raise(loop, { mode: 'idle-rungs', experiment, why: idle.why, response: [idle.fix] });
};
