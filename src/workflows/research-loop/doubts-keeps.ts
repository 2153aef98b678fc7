import { patched } from '@temporalio/workflow';
import { isDeterministic } from '../../domain/acceptance/without-noise.js';
import type { Loop } from './loop.js';

/** Whether a keep must run alike on a second seed first; loops from before that go on as they began. */
export const doubtsKeeps = ({ state }: Loop): boolean => isDeterministic(state) && patched('second seed');
