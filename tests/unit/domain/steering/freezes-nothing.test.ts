import { expect, test } from 'vitest';
import { freezesNothing } from '../../../../src/domain/steering/freezes-nothing.js';

const task = (...knobs: string[]) => ({
  space: knobs.map((id) => ({ id, group: id.split(':')[0] ?? '' })),
  files: ['train.py', 'data/words.txt'],
});

test('a pattern that fits no knob and no file freezes nothing', () => {
  const patterns = ['train.py:lr', 'train.py:nosuch', 'train.py', 'data/*', 'lib.py*', 'train.py:l*'];
  expect(freezesNothing(patterns, [task('train.py:lr')])).toEqual(['train.py:nosuch', 'lib.py*']);
});

test('of several tasks one is enough, and a pattern is told once', () => {
  const tasks = [task('train.py:lr'), task('train.py:depth')];
  expect(freezesNothing(['train.py:depth', 'train.py:no', 'train.py:no'], tasks)).toEqual(['train.py:no']);
});
