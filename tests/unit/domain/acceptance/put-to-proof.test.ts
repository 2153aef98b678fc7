import { expect, test } from 'vitest';
import { proofInWords, putToProof } from '../../../../src/domain/acceptance/put-to-proof.js';

const samples = (values: readonly number[]) => values.map((value, at) => ({ index: at + 1, value }));

const prove = (
  incumbent: number[],
  proven: number[],
  { failed = [], needed = 0 }: { failed?: number[]; needed?: number } = {},
) =>
  putToProof(
    { commit: 'b', standing: { value: 1, n: 3 }, runs: samples(proven) },
    {
      direction: 'minimize',
      incumbent: samples(incumbent).filter(({ index }) => !failed.includes(index)),
      failed: new Set(failed),
      needed,
      alpha: 0.05,
    },
  );

const STILL = Array.from({ length: 10 }, () => 1);

test('a coin between a little better and much worse is not shown to be better', () => {
  const coin = STILL.map((_, at) => (at % 2 === 0 ? 0.9 : 5));
  expect(prove(coin, STILL)).toMatchObject({
    holds: false,
    words: expect.stringMatching(/^worse by 1\.9 over 10 pairs, e-value .* of 20$/) as string,
  });
});

test('one catastrophe in ten runs takes it back, though nine runs were better', () => {
  expect(prove([...STILL.slice(1).map(() => 0.9), 1.5], STILL).holds).toBe(false);
});

test('a gain that stands far above the noise is shown in ten pairs', () => {
  const better = STILL.map((_, at) => 0.5 + 0.01 * (at % 3));
  expect(prove(better, STILL).holds).toBe(true);
  expect(prove(better, STILL, { needed: 0.6 }).holds).toBe(false);
});

test('equal scores, fewer than two pairs, and a crash where the unchanged artifact runs prove nothing', () => {
  expect(prove(STILL, STILL)).toMatchObject({ holds: false });
  expect(prove([0.5], STILL)).toMatchObject({ holds: false, words: '1 pair could be measured' });
  const better = STILL.map(() => 0.5);
  expect(prove(better, STILL).holds).toBe(true);
  expect(prove(better, STILL, { failed: [4] })).toMatchObject({
    holds: false,
    words: 'it failed on a fresh seed on which the unchanged artifact ran',
  });
});

test('the words name the keeps, the incumbent among them', () => {
  const proof = prove(STILL, STILL);
  expect(proofInWords(proof, 5, [3, 5])).toMatch(/^#3, #5 kept while .* taken back, since #5 is not shown/);
  expect(proofInWords({ ...proof, holds: true }, 5, [])).toMatch(/^#5 kept while .* #5 stands: exactly/);
});
