import { expect, test } from 'vitest';
import { pickTag } from '../../../../src/cli/task/pick-tag.js';

const now = new Date(2026, 10, 21);
const free = async (asked: string | undefined, ...taken: string[]): Promise<string> =>
  pickTag({ asked, now, isTaken: (tag) => Promise.resolve(taken.includes(tag)) });

test('without a wish the tag is the day, or its next free number', async () => {
  expect(await free(undefined)).toBe('nov21');
  expect(await free(undefined, 'nov21', 'nov21-2')).toBe('nov21-3');
});

test('a tag that was asked for must be free', async () => {
  expect(await free('try')).toBe('try');
  await expect(free('try', 'try')).rejects.toThrow('the tag "try" is taken');
});

test('a tag must be the name of a branch', async () => {
  await expect(free('a..b')).rejects.toThrow('cannot be the name');
  await expect(free('a/b')).rejects.toThrow('holds a slash');
});
