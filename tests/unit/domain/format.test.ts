import { expect, test } from 'vitest';
import {
  counted,
  formatCount,
  formatDollars,
  formatDuration,
  formatGain,
  formatSpread,
  formatValue,
} from '../../../src/domain/format.js';

test.each([
  [0.9979, '0.997900'],
  [2.635863, '2.635863'],
  [12.5, '12.5000'],
  [451.2, '451.200'],
  [123456.78, '123456.8'],
  [625, '625'],
  [0, '0'],
  [0.0123456, '0.0123456'],
  [0.000013, '1.3e-5'],
  [-0.5, '-0.500000'],
  [1e12, '1e12'],
  [1.5e300, '1.5e300'],
  [5e-324, '4.9407e-324'],
  [null, '–'],
  [Number.NaN, 'nan'],
  [-Infinity, '-inf'],
])('the value %s is written %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test.each([
  [0, '0s'],
  [0.42, '420ms'],
  [0.00001, '1ms'],
  [4.21, '4.2s'],
  [9.99, '10s'],
  [59.7, '1m 00s'],
  [185, '3m 05s'],
  [7620, '2h 07m'],
  [3599.9, '1h 00m'],
  [273_600, '3d 04h'],
  [Number.NaN, '–'],
])('%s seconds are written %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [0.0123, '+1.23 %'],
  [-0.0456, '−4.56 %'],
  [0.5, '+50.0 %'],
  [12, '+1200 %'],
  [0.99999, '+>99.9 %'],
  [1e-9, '+1e-7 %'],
  [0, '0 %'],
  [null, '–'],
])('the relative gain %s is written %s', (gain, text) => {
  expect(formatGain(gain)).toBe(text);
});

test('amounts are short and keep what matters', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect(formatCount(999)).toBe('999');
  expect(formatDollars(12.3)).toBe('$12.30');
  expect(formatDollars(0.0061)).toBe('$0.0061');
  expect(formatDollars(0.00000002)).toBe('<$0.0001');
  expect(formatSpread(0.00134169)).toBe('0.0013');
});

test('one of a thing is told in the singular', () => {
  expect([counted(1, 'experiment'), counted(0, 'run'), counted(1200, 'token')]).toEqual([
    '1 experiment',
    '0 runs',
    '1,200 tokens',
  ]);
  expect(counted(0.5, 'device hour')).toBe('0.5 device hours');
});
