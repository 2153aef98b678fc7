import { expect, test } from 'vitest';
import { alarmText, readAlarm, readRevert, revertText } from '../../../src/contract/alarm.js';

test('an alarm that was written is read again, whatever its words hold', () => {
  const alarm = {
    mode: 'tamper',
    experiment: 12,
    why: 'changed a: b → c; and d\nnext line',
    response: ['the run is invalid', 'look'],
  } as const;
  const text = alarmText({ ...alarm, response: [...alarm.response] });
  expect(readAlarm({ text, at: 5 })).toEqual({ ...alarm, at: 5 });
});

test('other texts are no alarms, and tell of no way back', () => {
  for (const text of ['paused by a person', 'unheard-of at #3: x', 'tamper at 3: x'])
    expect(readAlarm({ text, at: 0 })).toBeNull();
  expect(readRevert(revertText(7, 'a'.repeat(40)))).toBe(7);
  expect(readRevert('came back at #7')).toBeNull();
});
