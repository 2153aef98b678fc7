import { ApplicationFailure } from '@temporalio/activity';
import type { ControlActivities } from '../../src/contract/activities.js';

/** Looks at device classes, where a function tells which of them somebody serves. */
export const fakeLiving = (
  living: (classes: string[]) => string[],
): Pick<ControlActivities, 'livingClasses' | 'awaitDevice'> => ({
  livingClasses: ({ classes }) => Promise.resolve({ living: living(classes) }),
  awaitDevice: ({ classes }) => {
    const found = living(classes);
    if (found.length === 0) throw ApplicationFailure.retryable('nobody', 'NobodyServes');
    return Promise.resolve({ living: found });
  },
});
