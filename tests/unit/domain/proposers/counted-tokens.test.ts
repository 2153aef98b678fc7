import { expect, test } from 'vitest';
import { countedTokens } from '../../../../src/domain/proposers/counted-tokens.js';

const SIZE = { promptCharacters: 3000, answerCharacters: 300, maxOutputTokens: 8000 };
const GUESS = { input: 1000, output: 100, cached: 0 };

test('what the server counts is taken as it is, cached tokens too', () => {
  const usage = {
    prompt_tokens: 900,
    completion_tokens: 4000,
    prompt_tokens_details: { cached_tokens: 512 },
  };
  expect(countedTokens(usage, SIZE)).toEqual({
    tokens: { input: 900, output: 4000, cached: 512 },
    estimated: false,
  });
  expect(countedTokens({ ...usage, prompt_tokens_details: null, prompt_cache_hit_tokens: 7 }, SIZE)).toEqual({
    tokens: { input: 900, output: 4000, cached: 7 },
    estimated: false,
  });
});

test.each([
  [undefined],
  [null],
  ['many'],
  [{}],
  [{ prompt_tokens: -1000, completion_tokens: -1000 }],
  [{ prompt_tokens: '900', completion_tokens: '10' }],
  [{ prompt_tokens: Number.NaN, completion_tokens: 1.5 }],
  [{ prompt_tokens: 1e15, completion_tokens: 1e15 }],
  [{ prompt_tokens: [1], completion_tokens: { a: 1 } }],
])('from %j nothing can be counted: it is estimated by length', (usage) => {
  expect(countedTokens(usage, SIZE)).toEqual({ tokens: GUESS, estimated: true });
});

test('no more tokens are cached than there were', () => {
  const usage = { prompt_tokens: 900, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 5000 } };
  expect(countedTokens(usage, SIZE).tokens.cached).toBeLessThanOrEqual(900);
  expect(countedTokens({ ...usage, prompt_tokens_details: { cached_tokens: -5 } }, SIZE).tokens.cached).toBe(
    0,
  );
});
