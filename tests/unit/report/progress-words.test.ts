import { expect, test } from 'vitest';
import { progressWords, whereabouts } from '../../../src/report/progress-words.js';

test('what a run says of itself is a few words', () => {
  expect(progressWords({ step: 120, loss: 2.31, tokensPerSecond: 51_234 })).toBe(
    'step 120, loss 2.31, 51k tokens/s',
  );
  expect(progressWords({ loss: 0, tokensPerSecond: 1_234_567 })).toBe('loss 0, 1.2M tokens/s');
  expect(progressWords({ step: 3, loss: 1e-9, tokensPerSecond: 12 })).toBe('step 3, loss 1e-9, 12 tokens/s');
  expect(progressWords({})).toBe('');
});

test('whereabouts name the device, its memory, the checkpoint and the attempt', () => {
  const attempt = { host: 'gpu7', device: 'h100/0', seconds: 61.7, step: 120 };
  const base = { key: 'k', phase: 'run' as const, elapsedSeconds: 62, memoryBytes: 1, lastLines: [] };
  expect(whereabouts(base)).toBe('run');
  const blob = { sha256: 'a'.repeat(64), bytes: 3, mediaType: 'x' };
  const checkpoint = { blob, path: 'c', seconds: 50, step: 100, commit: 'b'.repeat(40), seed: 1 };
  expect(
    whereabouts({
      ...base,
      ...{ step: 120, loss: 2.5, attempt, checkpoint, earlier: [attempt] },
      deviceMemoryBytes: 3 * 2 ** 30,
    }),
  ).toBe(
    'run, on gpu7 h100/0 for 1m 02s, step 120, loss 2.5, 3 GiB on the device, checkpoint of step 100, attempt 2',
  );
});
