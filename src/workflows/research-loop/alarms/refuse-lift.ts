import { costRefusal } from '../../../domain/alarms/lift-trail.js';
import { finish } from '../finish.js';
import type { Loop } from '../loop.js';
import { raise } from './raise.js';

/** Refuses the next candidate where its projected cost passes the envelope; the loop ends within its budget. */
export const refuseLift = (loop: Loop): boolean => {
  const why = costRefusal(loop.state, loop.input);
  if (why === null) return false;
  const next = loop.state.waiting.shift();
  if (next === undefined) return false;
  const { experiment } = next;
  const response = ['the lift is refused', 'the loop finishes in its budget'];
  raise(loop, { mode: 'cost-explosion', experiment, why, response });
  const reason = `cost-explosion: ${why}`;
  finish(loop, next, { outcome: 'over_budget', reason, measurements: [], evidence: null });
  loop.stopping ??= reason;
  return true;
};
