import type { ControlActivities } from '../contract/activities.js';
import type { Deps } from './deps.js';
import { createOpenLoop } from './open-loop.js';
import { createPropose } from './propose/index.js';
import { createRebase } from './rebase.js';
import { createSettle } from './settle.js';

/** The activities of the control worker over what they need. */
export const createControlActivities = (deps: Deps): ControlActivities => ({
  openLoop: createOpenLoop(deps),
  propose: createPropose(deps),
  rebase: createRebase(deps),
  settle: createSettle(deps),
});
