import { expect, test } from 'vitest';
import { words } from '../../../../src/storage/yaml/schema-words.js';

test.each([
  [{ type: 'number', exclusiveMinimum: 0, maximum: 0.5 }, 'a number above 0 and at most 0.5'],
  [{ type: 'number', minimum: 0, exclusiveMaximum: 1 }, 'a number of at least 0 and below 1'],
  [{ type: 'integer', minimum: 2, maximum: 200 }, 'a whole number from 2 to 200'],
  [{ type: 'integer', exclusiveMinimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'a whole number above 0'],
  [{ type: 'number', maximum: 3 }, 'a number of at most 3'],
  [{ type: 'number' }, 'a number'],
])('%j is said with both of its ends', (node, said) => {
  expect(words(node)).toBe(said);
});
