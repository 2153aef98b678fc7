import { expect, test } from 'vitest';
import { matches } from '../../../../src/domain/mechanism/matches.js';
import { SPACE } from '../../../support/mechanism-context.js';

const pair = [
  { knob: 'lr', step: 1 },
  { knob: 'act', to: 'gelu' },
];

test('a key matches a move of a candidate, or the whole candidate', () => {
  expect(matches({ key: 'lr+' }, pair, SPACE)).toBe(true);
  expect(matches({ key: 'act=gelu lr+' }, pair, SPACE)).toBe(true);
  expect(matches({ key: 'lr-' }, pair, SPACE)).toBe(false);
  expect(matches({ key: 'lr+' }, [{ knob: 'lr', step: 2 }], SPACE)).toBe(false);
});

test('a knob and a group match every move of theirs', () => {
  expect(matches({ knob: 'act' }, pair, SPACE)).toBe(true);
  expect(matches({ knob: 'depth' }, pair, SPACE)).toBe(false);
  expect(matches({ group: 'model' }, pair, SPACE)).toBe(true);
  expect(matches({ group: 'model' }, [{ knob: 'lr', step: 1 }], SPACE)).toBe(false);
});
