import { expect, test } from 'vitest';
import { historyRoom } from '../../../../src/domain/loop/history-room.js';

const MEGABYTE = 1024 ** 2;
const history = (length: number, bytes = 0) => ({ length, bytes, suggested: false });

test('a history has room until it nears the length or the size at which the server warns', () => {
  expect(historyRoom(history(7000, 6 * MEGABYTE))).toBe('plenty');
  expect(historyRoom(history(8000))).toBe('little');
  expect(historyRoom(history(100, 7.5 * MEGABYTE))).toBe('little');
  expect(historyRoom(history(9001))).toBe('none');
  expect(historyRoom(history(100, 9 * MEGABYTE))).toBe('none');
});

test('a suggestion for length or size alone comes too early', () => {
  const suggested = { ...history(5000), suggested: true };
  expect(historyRoom({ ...suggested, reasons: ['TOO_MANY_HISTORY_EVENTS', 'HISTORY_SIZE_TOO_LARGE'] })).toBe(
    'plenty',
  );
  expect(historyRoom(suggested)).toBe('plenty');
});

test('any other suggestion is followed at once', () => {
  const suggested = { ...history(5000), suggested: true };
  expect(historyRoom({ ...suggested, reasons: ['TOO_MANY_HISTORY_EVENTS', 'TOO_MANY_UPDATES'] })).toBe(
    'none',
  );
  expect(historyRoom({ ...history(300), suggested: true })).toBe('none');
});
