import { expect, test } from 'vitest';
import type { Directive } from '../../../../src/contract/mechanism.js';
import { oddsOf } from '../../../../src/domain/mechanism/odds.js';
import { contextOf, SPACE, trialOf } from '../../../support/mechanism-context.js';

const context = contextOf();
const odds = (acts: Partial<Directive>, at = context) =>
  oddsOf({ why: 'a test', ...acts }, at, at.incumbent.config);
const KNOBS = SPACE.map(({ id }) => ({ knob: id }));
const KEYS = ['lr+', 'lr-', 'depth+', 'depth-', 'act=gelu'].map((key) => ({ key }));

test('what is forbidden has no weight, and the rest keeps its own', () => {
  expect(odds({ forbid: [{ key: 'lr+' }, { knob: 'act' }] })).toEqual({ 'lr+': 0, 'act=gelu': 0 });
  expect(odds({ forbid: [{ group: 'model' }] })).toEqual({ 'depth+': 0, 'depth-': 0, 'act=gelu': 0 });
});

test.each([
  ['knob by knob', KNOBS],
  ['move by move', KEYS],
  ['by groups', [{ group: 'model' }, { group: 'optimizer' }]],
])('to forbid everything, %s, changes nothing: the engine lifts it', (_, forbid) => {
  expect(odds({ forbid })).toEqual({});
});

test.each([
  ['knob', KNOBS],
  ['move', KEYS],
])('one weight for each %s prefers nothing', (_, all) => {
  expect(odds({ prefer: all.map((p) => ({ p, w: 3 })) })).toEqual({});
  expect(odds({ prefer: all.map((p, i) => ({ p, w: i + 1 })) })).not.toEqual({});
});

test('weights that are told in other words are the same odds', () => {
  const twice = odds({ prefer: [{ p: { knob: 'lr' }, w: 2 }] });
  const halves = odds({ prefer: [{ p: { group: 'model' }, w: 0.5 }] });
  expect(twice).toEqual(halves);
  expect(odds({ prefer: [{ p: { knob: 'act' }, w: 0 }] })).toEqual(odds({ forbid: [{ knob: 'act' }] }));
});

test('what can not be made from here is not forbidden by a word', () => {
  const top = contextOf({ incumbent: { ...context.incumbent, config: { lr: 0.3, depth: 12, act: 'relu' } } });
  expect(odds({ forbid: [{ key: 'lr+' }, { key: 'depth+' }, { key: 'act=relu' }] }, top)).toEqual({});
  expect(odds({ forbid: [{ key: 'lr+9' }] })).toEqual({});
});

test('wider steps and changes of two knobs count, and of more only where somebody makes them', () => {
  expect(odds({ forbid: [{ key: 'depth+3' }, { key: 'depth+ lr-' }] })).toEqual({
    'depth+3': 0,
    'depth+ lr-': 0,
  });
  const three = { forbid: [{ key: 'act=gelu depth+ lr-' }] };
  expect(odds(three)).toEqual({});
  const moves = [
    { knob: 'lr', step: -1 },
    { knob: 'depth', step: 1 },
    { knob: 'act', to: 'gelu' },
  ];
  const tried = contextOf({ trials: [trialOf({ moves, key: 'act=gelu depth+ lr-' })] });
  expect(odds(three, tried)).toEqual({ 'act=gelu depth+ lr-': 0 });
});

test('an artifact without knobs has the keys of its trials', () => {
  const text = contextOf({
    space: [],
    incumbent: { ...context.incumbent, config: null },
    trials: [trialOf({ moves: [], key: 'a1b2', config: null })],
  });
  expect(odds({ forbid: [{ key: 'a1b2' }] }, text)).toEqual({ a1b2: 0 });
});
