import { expect, test } from 'vitest';
import { candidateKey, moveKey } from '../../../../src/domain/mechanism/move-key.js';

test('a step, several steps and a setting each have their key', () => {
  expect(moveKey({ knob: 'lr', step: 1 })).toBe('lr+');
  expect(moveKey({ knob: 'lr', step: -1 })).toBe('lr-');
  expect(moveKey({ knob: 'lr', step: -3 })).toBe('lr-3');
  expect(moveKey({ knob: 'act', to: 'relu' })).toBe('act=relu');
});

test("a candidate's key doesn't depend on the order of its moves", () => {
  const [a, b] = [
    { knob: 'lr', step: 1 },
    { knob: 'act', to: 'gelu' },
  ] as const;
  expect(candidateKey([a, b])).toBe('act=gelu lr+');
  expect(candidateKey([b, a])).toBe('act=gelu lr+');
});
