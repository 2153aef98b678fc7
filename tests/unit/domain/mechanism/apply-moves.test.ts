import { expect, test } from 'vitest';
import { applyMoves, settingAfter } from '../../../../src/domain/mechanism/apply-moves.js';
import { SPACE } from '../../../support/mechanism-context.js';

test('steps walk the settings, a setting is set, other knobs stay', () => {
  const config = { lr: 0.03, depth: 4, act: 'relu', unknown: 1 };
  const moves = [
    { knob: 'lr', step: 2 },
    { knob: 'act', to: 'gelu' },
  ];
  expect(applyMoves(config, moves, SPACE)).toEqual({ lr: 0.3, depth: 4, act: 'gelu', unknown: 1 });
});

test('a step of an integer moves it by one at least, and stays in its range', () => {
  const depth = { id: 'depth', kind: 'integer', range: [1, 4] } as const;
  expect(settingAfter(depth, 2, { knob: 'depth', step: 1 })).toEqual({ setting: 3 });
  expect(settingAfter(depth, 4, { knob: 'depth', step: 1 })).toEqual({ setting: 4 });
});

test('a wide range of positive numbers is walked by factors, any other by differences', () => {
  const rate = { id: 'lr', kind: 'number', range: [1e-4, 1] } as const;
  const angle = { id: 'angle', kind: 'number', range: [-6, 6] } as const;
  const up = settingAfter(rate, 1e-4, { knob: 'lr', step: 3 });
  expect('setting' in up && up.setting).toBeCloseTo(1e-3);
  expect(settingAfter(angle, 0, { knob: 'angle', step: -2 })).toEqual({ setting: -2 });
});

test('up means larger for negative numbers without a range too', () => {
  const free = { id: 'x', kind: 'number' } as const;
  const up = settingAfter(free, -4, { knob: 'x', step: 2 });
  expect('setting' in up && up.setting).toBeCloseTo(-2);
});
