import { expect, test } from 'vitest';
import { compliance, isFollowed } from '../../../../src/domain/mechanism/compliance.js';
import { contextOf, trialOf } from '../../../support/mechanism-context.js';

const context = contextOf();

test('a trial that violates forbid did not comply', () => {
  expect(compliance({ forbid: [{ knob: 'lr' }], why: '' }, trialOf({}), context)).toEqual({
    complied: false,
    parts: { forbid: 'ignored' },
  });
});

test('a trial of the very moves complied', () => {
  const said = compliance({ move: [{ knob: 'lr', step: 1 }], parent: 0, why: '' }, trialOf({}), context);
  expect(said).toEqual({ complied: true, parts: { move: 'obeyed', parent: 'obeyed' } });
});

test('a hint that names knobs was ignored by a trial of others, which still complies', () => {
  const said = (hint: string) => compliance({ hint, why: '' }, trialOf({}), context);
  expect(said('turn act or depth')).toEqual({ complied: true, parts: { hint: 'ignored' } });
  expect(said('try lr+ now').parts.hint).toBe('obeyed');
  expect(said('be bold').parts.hint).toBe('unknown');
});

test('another operator than the one asked for did not comply', () => {
  expect(compliance({ operator: 'model', why: '' }, trialOf({}), context).complied).toBe(false);
});

test('a directive that asks for nothing is not followed by whatever comes', () => {
  const at = { incumbent: { id: 3 } };
  expect(isFollowed({ parent: 3, batch: 4, why: '' }, true, at)).toBe(false);
  expect(isFollowed({ parent: 2, why: '' }, true, at)).toBe(true);
  expect(isFollowed({ parent: 2, why: '' }, false, at)).toBe(false);
});
