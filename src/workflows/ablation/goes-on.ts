import { condition } from '@temporalio/workflow';
import type { AblationStudy } from './study.js';

/** Until nobody wants it to stand still. */
export const goesOn = (study: AblationStudy): Promise<void> => condition(() => study.paused === null);
