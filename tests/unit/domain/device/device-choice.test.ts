import { expect, test } from 'vitest';
import { choiceInWords, chooseDevice, nobodyServes } from '../../../../src/domain/device/choose-device.js';
import { classOf, onClass, preferenceLists, preferences } from '../../../../src/domain/device/preferences.js';
import { queueOrder } from '../../../../src/domain/device/queue-order.js';
import { quietMs } from '../../../../src/domain/device/quiet.js';
import { taskWith } from '../../../support/loop-input.js';

const on = (device: string | string[]) => taskWith({ run: { command: 'x', device } });

test('the first class in order that somebody serves is chosen, and it is told who was passed over', () => {
  const classes = ['h100', 'a100', 'cpu'];
  expect(chooseDevice(classes, ['cpu', 'h100'])).toEqual({ class: 'h100', why: '' });
  const second = chooseDevice(classes, ['cpu', 'a100']);
  expect(second).toEqual({ class: 'a100', why: 'nobody served h100' });
  expect(chooseDevice(classes, ['cpu'])?.why).toBe('nobody served h100 or a100');
  expect(chooseDevice(classes, ['rtx'])).toBeNull();
  expect(second === null ? '' : choiceInWords(second)).toBe('a100 (nobody served h100)');
  expect([nobodyServes(['h100']), nobodyServes(classes)]).toEqual([
    expect.stringContaining('no worker serves the device class h100;'),
    expect.stringContaining('any of the device classes h100, a100, cpu;'),
  ]);
});

test('a choice holds for the list that it was made from, and for no other', () => {
  const devices = { 'h100,cpu': { class: 'cpu', why: '' } };
  expect(classOf(on(['h100', 'cpu']), { devices })).toBe('cpu');
  expect(classOf(on(['cpu', 'h100']), { devices })).toBe('cpu');
  expect(classOf(on(['h100', 'a100']), { devices })).toBe('h100');
  expect(classOf(on('h100'), { devices })).toBe('h100');
  expect(classOf(on(['h100', 'cpu']))).toBe('h100');
  expect(preferences(on(['h100', 'h100', 'cpu']))).toEqual(['h100', 'cpu']);
  expect([onClass(on(['h100', 'cpu']), 'cpu').run.device, onClass(on('h100'), 'cpu').run.device]).toEqual([
    'cpu',
    'h100',
  ]);
});

test('a loop over loops chooses once for each list of preferences below it', () => {
  const below = [on(['h100', 'cpu']), on('cpu'), on(['h100', 'cpu'])].map((task) => ({ task }));
  const research = { tasks: below } as never;
  expect(preferenceLists({ task: on('rtx'), research })).toEqual([['h100', 'cpu'], ['cpu']]);
  expect(preferenceLists({ task: on(['rtx', 'cpu']) })).toEqual([['rtx', 'cpu']]);
});

test('a family of loops has one fairness key that Temporal takes, and two families have two', () => {
  expect(queueOrder('sine/nov21')).toEqual({ priorityKey: 3, fairnessKey: 'sine/nov21' });
  expect(queueOrder('sine/nov21/3-candidate-0/other.2', 1)).toEqual({
    priorityKey: 1,
    fairnessKey: 'sine/nov21',
  });
  const long = queueOrder(`${'a'.repeat(80)}/one`).fairnessKey;
  expect([long.length, long === queueOrder(`${'a'.repeat(80)}/two`).fairnessKey]).toEqual([64, false]);
});

test('it is looked for a worker after twice the usual time of a run, within a minute and an hour', () => {
  expect([null, 1, 300, 86_400].map(quietMs)).toEqual([60_000, 60_000, 600_000, 3_600_000]);
});
