import type { RunRecord } from '../../contract/measurement.js';

/** What a measurement by research names as its device. */
export const CHILD_LOOPS = 'child loops';

/** Whether loops of its own made a measurement: what they ran, where and how confined, is on their records. */
export const byChildLoops = ({ device }: Pick<RunRecord, 'device'>): boolean => device.host === CHILD_LOOPS;
