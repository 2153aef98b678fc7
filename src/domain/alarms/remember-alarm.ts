import type { Alarm } from '../../contract/alarm.js';
import type { LoopState } from '../../contract/loop.js';

/** A loop that alarms at every experiment must not outgrow what it carries; its ledger has them all. */
const REMEMBERED = 8;
const LENGTH = 300;

const cut = (text: string): string => (text.length <= LENGTH ? text : `${text.slice(0, LENGTH - 1)}…`);

export const rememberAlarm = (state: LoopState, alarm: Alarm): LoopState => ({
  ...state,
  alarms: [...(state.alarms ?? []), { ...alarm, why: cut(alarm.why) }].slice(-REMEMBERED),
});
