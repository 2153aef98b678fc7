import { expect, test } from 'vitest';
import { enforce, forbiddenBy } from '../../../../src/domain/mechanism/enforce.js';
import { SPACE } from '../../../support/mechanism-context.js';

const candidates = [
  { moves: [{ knob: 'lr', step: 1 }], weight: 2 },
  { moves: [{ knob: 'act', to: 'gelu' }], weight: 1 },
];

test('what is forbidden has no weight, preferences multiply', () => {
  const directive = {
    forbid: [{ knob: 'act' }],
    prefer: [
      { p: { key: 'lr+' }, w: 3 },
      { p: { group: 'optimizer' }, w: 0.5 },
    ],
    why: '',
  };
  const { candidates: weighed, exhausted } = enforce(directive, candidates, SPACE);
  expect(weighed.map(({ weight }) => weight)).toEqual([3, 0]);
  expect(exhausted).toBe(false);
});

test('a directive that forbids everything is lifted, and that is said', () => {
  const directive = { forbid: [{ knob: 'lr' }, { group: 'model' }], why: '' };
  expect(enforce(directive, candidates, SPACE)).toEqual({ candidates, exhausted: true });
});

test('the pattern that forbids a candidate is named', () => {
  expect(forbiddenBy({ forbid: [{ knob: 'act' }], why: '' }, [{ knob: 'act', to: 'gelu' }], SPACE)).toEqual({
    knob: 'act',
  });
});
