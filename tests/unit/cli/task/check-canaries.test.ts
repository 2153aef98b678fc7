import { expect, test } from 'vitest';
import { checkCanaries } from '../../../../src/cli/task/check-canaries.js';
import type { Canary } from '../../../../src/contract/canary-schema.js';
import { taskWith } from '../../../support/loop-input.js';

const FILES = ['train.py', 'canaries/memorised/train.py', 'canaries/noop.patch'];

const check = (canaries: Canary[]) => () => {
  checkCanaries({ task: taskWith({ canaries }), taskFile: 'task.yaml' }, FILES);
};

test('canaries that are committed are let through, however their path is written', () => {
  expect(
    check([
      { kind: 'no-op' },
      { kind: 'known-bad', path: './canaries/memorised/' },
      { kind: 'known-good', path: 'canaries/noop.patch' },
    ]),
  ).not.toThrow();
  expect(() => {
    checkCanaries({ task: taskWith({}), taskFile: 'task.yaml' }, FILES);
  }).not.toThrow();
});

test('a canary that is not committed is refused with its key and the path that was probably meant', () => {
  expect(check([{ kind: 'no-op' }, { kind: 'known-bad', path: 'canaries/memorized' }])).toThrow(
    'task.yaml: canaries[1].path: no folder canaries/memorized is committed — did you mean "canaries/memorised"?',
  );
  expect(check([{ kind: 'known-bad', path: 'canaries/no.patch' }])).toThrow('no file canaries/no.patch');
});

test('a file is no folder, and all canaries that are missing are told', () => {
  const both = check([
    { kind: 'known-bad', path: 'train.py' },
    { kind: 'impossible', path: 'gone', expect: 1 },
  ]);
  expect(both).toThrow(
    /2 mistakes[^]*canaries\[0\].path: no folder train.py[^]*canaries\[1\].path: no folder gone/,
  );
});
