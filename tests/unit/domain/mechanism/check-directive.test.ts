import { expect, test } from 'vitest';
import type { Json } from '../../../../src/contract/json.js';
import { checkDirective } from '../../../../src/domain/mechanism/check-directive.js';
import { contextOf, trialOf } from '../../../support/mechanism-context.js';

const faultsOf = (acts: { [key: string]: Json }, context = contextOf()): readonly string[] => {
  const checked = checkDirective({ why: 'a test', ...acts }, context);
  return 'faults' in checked ? checked.faults : [];
};

test('a directive of every legal part is legal', () => {
  const acts = {
    forbid: [{ key: 'lr-' }, { knob: 'depth' }, { key: 'act=gelu lr+' }],
    prefer: [{ p: { group: 'model' }, w: 3 }],
    move: [{ knob: 'lr', step: 2 }],
    parent: 0,
    operator: 'model',
    acceptTemp: 0.1,
    fidelity: 0.5,
    batch: 4,
    hint: 'try lr+',
  };
  expect(faultsOf(acts)).toEqual([]);
});

test.each<[string, { [key: string]: Json }, RegExp]>([
  ['an unknown part', { sudo: true }, /no "sudo"/],
  ['an unknown knob in a move', { move: [{ knob: 'warp', step: 1 }] }, /no knob "warp"/],
  ['an unknown knob in a pattern', { forbid: [{ knob: 'warp' }] }, /no knob "warp"/],
  ['a key that no move has', { forbid: [{ key: 'lr+1' }] }, /key "lr\+1"/],
  ['an unknown group', { prefer: [{ p: { group: 'none' }, w: 2 }] }, /no group/],
  ['a step off the end', { move: [{ knob: 'lr', step: 3 }] }, /can't be moved by 3/],
  ['a step of a choice', { move: [{ knob: 'act', step: 1 }] }, /has no steps/],
  ['a step of none', { move: [{ knob: 'lr', step: 0 }] }, /not 0/],
  ['a setting that is none', { move: [{ knob: 'lr', to: 0.5 }] }, /no setting 0.5/],
  ['a setting outside of a range', { move: [{ knob: 'depth', to: 99 }] }, /outside/],
  ['a broken number', { move: [{ knob: 'depth', to: 1.5 }] }, /whole number/],
  ['a move that changes nothing', { move: [{ knob: 'lr', to: 0.03 }] }, /stands at/],
  ['no moves', { move: [] }, /at least one move/],
  [
    'two moves of a knob',
    {
      move: [
        { knob: 'lr', step: 1 },
        { knob: 'lr', step: 2 },
      ],
    },
    /moved twice/,
  ],
  ['a move that it forbids', { forbid: [{ knob: 'lr' }], move: [{ knob: 'lr', step: 1 }] }, /moves what/],
  ['an unknown parent', { parent: 7 }, /parent/],
  ['an unknown operator', { operator: 'oracle' }, /no such operator/],
  ['a negative weight', { prefer: [{ p: { knob: 'lr' }, w: -1 }] }, /weight/],
  ['a negative temperature', { acceptTemp: -1 }, /acceptTemp/],
  ['an unknown trial again', { replicate: { id: 77, n: 2 } }, /nobody knows/],
  ['too many repeats', { replicate: { id: 0, n: 1000 } }, /n of replicate/],
  ['too much of a run', { fidelity: 1.5 }, /fidelity/],
  ['a huge batch', { batch: 65 }, /batch/],
  ['a long hint', { hint: 'x'.repeat(281) }, /281 characters of 280/],
  ['no reason', { why: 5 }, /why is a text/],
])('%s is a fault, in words', (_, acts, words) => {
  expect(faultsOf(acts).join('; ')).toMatch(words);
});

test('moves are judged from the parent that is named', () => {
  expect(faultsOf({ parent: 9, move: [{ knob: 'lr', step: 1 }] })[0]).toMatch(/from 0.3/);
  expect(faultsOf({ parent: 9, move: [{ knob: 'lr', step: -2 }] })).toEqual([]);
});

test('a trial that was reverted may be measured again but is no parent', () => {
  const context = contextOf({ trials: [trialOf({ id: 5 })] });
  expect(faultsOf({ replicate: { id: 5, n: 2 } }, context)).toEqual([]);
  expect(faultsOf({ parent: 5 }, context)).toHaveLength(1);
});

test('without a configuration only what the space says is checked', () => {
  const { incumbent } = contextOf();
  const text = contextOf({ incumbent: { ...incumbent, config: null } });
  expect(faultsOf({ move: [{ knob: 'lr', step: 3 }] }, text)).toEqual([]);
});
