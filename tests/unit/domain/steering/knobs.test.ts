import { expect, test } from 'vitest';
import { scan } from '../../../../src/domain/proposers/mutate/scan.js';
import { changedLines } from '../../../../src/domain/steering/changed-lines.js';
import { frozenBy } from '../../../../src/domain/steering/frozen.js';
import { knobsOf } from '../../../../src/domain/steering/knobs.js';
import { makeMoves } from '../../../../src/domain/steering/make-moves.js';
import { movesBetween } from '../../../../src/domain/steering/moves-between.js';

const TRAIN = [
  'lr = 0.1  # range: 0.001..1',
  'depth = 6',
  "act = 'relu'  # choices: relu | gelu",
  'width = 64  # choices: 32 | 64 | 128',
  'fast = True',
  'lr = 0.2',
  '',
].join('\n');

const knobs = (text: string) => knobsOf(scan('train.py', text));

test('literals are knobs by path and name, with kind, range or choices; a second one of a name is numbered', () => {
  const { space, config } = knobs(TRAIN);
  expect(space.map(({ id, kind }) => [id, kind])).toEqual([
    ['train.py:lr', 'number'],
    ['train.py:depth', 'integer'],
    ['train.py:act', 'choice'],
    ['train.py:width', 'integer'],
    ['train.py:fast', 'choice'],
    ['train.py:lr#2', 'number'],
  ]);
  expect(space[0]).toMatchObject({ range: [0.001, 1], group: 'train.py' });
  expect(space[3]).toMatchObject({ values: [32, 64, 128] });
  expect(config).toMatchObject({ 'train.py:act': 'relu', 'train.py:fast': true, 'train.py:lr#2': 0.2 });
});

test.each([
  [{ knob: 'train.py:depth', step: 1 }, 'depth = 8'],
  [{ knob: 'train.py:width', step: -1 }, 'width = 32'],
  [{ knob: 'train.py:act', to: 'gelu' }, "act = 'gelu'"],
  [{ knob: 'train.py:fast', to: false }, 'fast = False'],
  [{ knob: 'train.py:lr#2', to: 0.123456 }, 'lr = 0.123456'],
])('a move is made in the literal’s own spelling: %o', (move, line) => {
  const made = makeMoves([move], knobs(TRAIN), new Map([['train.py', TRAIN]]));
  if (typeof made === 'string') throw new Error(made);
  const [edit] = made.edits;
  expect(edit?.kind === 'write' && edit.content).toContain(line);
});

test('a move that can’t be made says why', () => {
  const files = new Map([['train.py', TRAIN]]);
  expect(makeMoves([{ knob: 'train.py:act', step: 1 }], knobs(TRAIN), files)).toContain('it has no steps');
  expect(makeMoves([{ knob: 'train.py:no', step: 1 }], knobs(TRAIN), files)).toContain('there is no knob');
  expect(makeMoves([{ knob: 'train.py:width', step: 9 }], knobs(TRAIN), files)).toContain("can't be moved");
});

test('edits are recognised as moves, whoever made them', () => {
  const after = TRAIN.replace('depth = 6', 'depth = 12')
    .replace('relu', 'gelu')
    .replace('lr = 0.2', 'lr = -3.7e9');
  expect(movesBetween(knobs(TRAIN), knobs(after))).toEqual({
    moves: [
      { knob: 'train.py:depth', step: 2 },
      { knob: 'train.py:act', to: 'gelu' },
      { knob: 'train.py:lr#2', to: -3.7e9 },
    ],
    settings: { 'train.py:depth': 12, 'train.py:act': 'gelu', 'train.py:lr#2': -3.7e9 },
  });
});

test('a knob is frozen by its name, by the beginning of it, and by its file', () => {
  const knob = { id: 'train.py:layers', group: 'train.py' };
  for (const pattern of ['train.py:layers', 'train.py:lay*', 'train.py', 'tr*']) {
    expect(frozenBy(knob, [pattern])).toBe(pattern);
  }
  expect(frozenBy(knob, ['train.py:layer', 'other.py'])).toBeNull();
});

test('changed lines are those added or taken away, the larger of both', () => {
  const files = new Map([['a.py', 'one\ntwo\nthree\n']]);
  const write = (content: string) => changedLines([{ kind: 'write', path: 'a.py', content }], files);
  expect(write('one\ntwo\nthree\n')).toBe(0);
  expect(write('one\n2\nthree\n')).toBe(1);
  expect(write('one\n')).toBe(2);
  expect(changedLines([{ kind: 'delete', path: 'a.py' }], files)).toBe(3);
});
