import type { Alarm } from '../../contract/alarm.js';
import { cleanLine } from '../clean-text.js';

const SHOWN = 3;

/** The newest alarms, a line each: what was seen, and what was done. */
export const alarmLines = (alarms: readonly Alarm[] | undefined): string[] =>
  (alarms ?? [])
    .toReversed()
    .slice(0, SHOWN)
    .map(({ mode, experiment, why, response }) =>
      cleanLine(
        `${mode} at #${String(experiment)}: ${why}${response.length === 0 ? '' : ` (${response.join('; ')})`}`,
      ),
    );
