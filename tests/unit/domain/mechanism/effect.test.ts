import { expect, test } from 'vitest';
import type { Directive } from '../../../../src/contract/mechanism.js';
import { effectOf, effectText, isNothing, likenessText } from '../../../../src/domain/mechanism/effect.js';
import { contextOf, SPACE } from '../../../support/mechanism-context.js';

const context = contextOf();
const effect = (acts: Partial<Directive>, at = context) => effectOf({ why: 'a test', ...acts }, at);
const nothing = (acts: Partial<Directive>, at = context): boolean => isNothing(effect(acts, at));
const text = (acts: Partial<Directive>): string => effectText(effect(acts));

test('what asks for nothing comes to nothing', () => {
  expect(nothing({})).toBe(true);
  expect(nothing({ forbid: [], prefer: [{ p: { knob: 'lr' }, w: 1 }], parent: 0, batch: 4, hint: '' })).toBe(
    true,
  );
});

test('neither does what everything is forbidden by, the same weight for all, or the only operator', () => {
  const alone = contextOf({ operators: ['mutate'] });
  expect(nothing({ forbid: SPACE.map(({ id }) => ({ knob: id })) })).toBe(true);
  expect(nothing({ prefer: SPACE.map(({ id }) => ({ p: { knob: id }, w: 5 })), batch: 2 })).toBe(true);
  expect(nothing({ operator: 'mutate' }, alone)).toBe(true);
  expect(nothing({ operator: 'mutate' })).toBe(false);
});

test('a hint comes to something only where somebody reads it', () => {
  expect(nothing({ hint: 'look at lr' })).toBe(false);
  expect(nothing({ hint: 'look at lr' }, contextOf({ operators: ['mutate', 'sweep'] }))).toBe(true);
  expect(effect({ hint: 'look at lr', operator: 'mutate' })).toEqual({ operator: 'mutate' });
});

test('each part that acts does', () => {
  expect(effect({ forbid: [{ knob: 'lr' }], batch: 3 })).toEqual({ odds: { 'lr+': 0, 'lr-': 0 }, batch: 3 });
  expect(effect({ parent: 9 })).toEqual({ parent: 9 });
  expect(effect({ acceptTemp: 0.1, fidelity: 0.5 })).toEqual({ acceptTemp: 0.1, fidelity: 0.5 });
  expect(effect({ replicate: { id: 0, n: 2 } })).toEqual({ replicate: { id: 0, n: 2 } });
});

test('a move is what it leads to, and nobody is asked beside it', () => {
  const step = effect({ move: [{ knob: 'lr', step: 1 }] });
  expect(step).toEqual({ move: ['lr=0.1'] });
  expect(
    effect({ move: [{ knob: 'lr', to: 0.1 }], forbid: [{ knob: 'act' }], hint: 'x', operator: 'model' }),
  ).toEqual(step);
  const unknown = contextOf({ incumbent: { ...context.incumbent, config: null } });
  expect(effect({ move: [{ knob: 'lr', step: 1 }] }, unknown)).toEqual({ move: ['lr+'] });
});

test('order, repetition and reasons leave the text as it is', () => {
  const a = text({ forbid: [{ knob: 'lr' }, { key: 'act=gelu' }], why: 'one' });
  const b = text({
    forbid: [{ key: 'act=gelu' }, { key: 'lr-' }, { key: 'lr+' }, { knob: 'lr' }],
    why: 'two',
  });
  expect(a).toBe(b);
  expect(text({ forbid: [{ knob: 'lr' }] })).not.toBe(a);
});

test('hints are alike that name the same knobs', () => {
  const like = (hint: string): string => likenessText(effect({ hint }), context);
  expect(like('turn lr down')).toBe(like('What about lr-?'));
  expect(like('try something new')).toBe(like(''));
  expect(like('turn depth down')).not.toBe(like('turn lr down'));
});
