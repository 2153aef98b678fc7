import { expect, test } from 'vitest';
import { readArguments } from '../../../src/cli/arguments.js';
import { fork } from '../../../src/cli/commands/fork.js';
import { run } from '../../../src/cli/commands/run.js';
import { watch } from '../../../src/cli/commands/watch.js';
import { overridesFromFlags } from '../../../src/cli/loop-flags.js';

test('whatever follows a loop takes --plain', () => {
  expect(readArguments(run, ['.', '--plain'])).toMatchObject({ plain: true });
  expect(readArguments(fork, ['sine/nov21', '3', '--plain'])).toMatchObject({ plain: true });
  expect(readArguments(watch, ['--plain'])).toMatchObject({ plain: true });
});

test('run and fork change a task by the same flags', () => {
  const flags = { experiments: '7', concurrency: '2', proposer: 'mutate' };
  expect(overridesFromFlags(flags)).toEqual({
    budget: { experiments: 7 },
    concurrency: 2,
    proposer: 'mutate',
  });
  expect(() => overridesFromFlags({ concurrency: 'many' })).toThrow('--concurrency');
});
