import { expect, test } from 'vitest';
import { CpuWatch } from '../../../../src/mechanism-host/thread/cpu-watch.js';

const overruns = (looks: [calls: number, cpu: number][]): (string | null)[] => {
  const watch = new CpuWatch({ call: 5, task: 20 });
  return looks.map(([calls, cpu]) => watch.overrun({ calls, cpu }));
};

test('what a thread did before its task is not counted', () => {
  expect(
    overruns([
      [700, 1000],
      [701, 1001],
    ]),
  ).toEqual([null, null]);
});

test('a call that goes on is over its bound, however often it is looked at', () => {
  expect(
    overruns([
      [1, 0],
      [1, 5],
      [1, 5.1],
    ]),
  ).toEqual([null, null, 'call']);
});

test('calls that end, each within its bound, are over that of the task together', () => {
  expect(
    overruns([
      [1, 0],
      [2, 4.9],
      [3, 9.8],
      [4, 14.7],
      [5, 19.6],
      [6, 24.5],
    ]),
  ).toEqual([null, null, null, null, null, 'task']);
});

test('a thread that gets no time is over no bound', () => {
  expect(overruns(Array.from({ length: 1000 }, () => [1, 3]))).toEqual(Array(1000).fill(null));
});
