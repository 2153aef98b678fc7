import { type Alarm, alarmText } from '../../../contract/alarm.js';
import { rememberAlarm } from '../../../domain/alarms/remember-alarm.js';
import type { Loop } from '../loop.js';

/** Tells of it wherever a person looks: the loop's history, its status, Temporal's page, the report. */
export const raise = (loop: Loop, alarm: Omit<Alarm, 'at'>): void => {
  loop.state = rememberAlarm(loop.state, { ...alarm, at: Date.now() });
  loop.event('alarm', alarmText(alarm));
};

/** The level goes on when a person has looked; a loop that ends anyway is not kept from it. */
export const freeze = (loop: Loop, note: string): void => {
  if (loop.stopping === null) loop.halt(note);
};
