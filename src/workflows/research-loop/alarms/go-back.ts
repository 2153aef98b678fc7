import { revertText } from '../../../contract/alarm.js';
import type { Incumbent } from '../../../contract/loop.js';
import { backTo } from '../../../domain/alarms/back-to.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import type { Loop } from '../loop.js';

/**
 * Makes an earlier incumbent the one that stands. The branch is set back with the next batch that is written, after every
 * row that was there before; what is provisional is given up with what it was built on.
 */
export const goBack = (loop: Loop, to: Incumbent): void => {
  const before = whatStands(loop.state);
  const given = loop.state.provisional.length > 0;
  const { direction } = loop.input.task.measure.metric;
  if (before?.experiment === to.experiment && !given) return;
  loop.state = { ...loop.state, ...backTo(loop.state, to, direction) };
  const { unproven } = loop.state;
  if (unproven !== undefined)
    loop.state = { ...loop.state, unproven: unproven.filter((one) => one <= to.experiment) };
  loop.event('reverted', revertText(to.experiment, to.commit));
  if (before?.experiment === to.experiment) return;
  loop.state = { ...loop.state, backAt: Date.now() };
  // what runs now has the taken-back changes in it
  for (const { stage, scope } of loop.inFlight.values()) if (stage === 'running') scope?.cancel();
  loop.reverting = { experiment: to.experiment, to: to.branchCommit, after: loop.toSettle.length };
};
