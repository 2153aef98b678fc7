import { expect, test } from 'vitest';
import { metric, openExample } from './example.js';

const KEYS = `val_bpb training_seconds total_seconds peak_vram_mb mfu_percent total_tokens_M num_steps num_params_M depth`;

test('karpathy-compat: train.py ends with the block that autoresearch prints', async () => {
  const example = await openExample('karpathy-compat');
  const { code, stdout } = await example.run('train.py');
  expect(code).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines[0]).toBe('---');
  expect(lines.slice(1).map((line) => line.split(':')[0])).toEqual(KEYS.split(' '));
  expect(metric(stdout, 'val_bpb')).toBeGreaterThan(1);
  expect(metric(stdout, 'val_bpb')).toBeLessThan(7);
});
