import { expect, test } from 'vitest';
import { jsonViewer, lineViewer } from '../../../src/cli/run-viewer.js';
import { loopStatus } from '../../support/loop-status.js';
import { fakeTerminal } from './fake-terminal.js';

const waits = loopStatus();
const none = loopStatus({ awaitingApproval: [] });

test('a candidate that waits for a person is told once, with the commands that answer', () => {
  const terminal = fakeTerminal('/');
  const viewer = lineViewer(terminal);
  for (const status of [none, waits, waits, null]) viewer.show([], status);
  expect(terminal.printed).toEqual([
    '   #39 ? waits for you: drop the bias  ' +
      'autolift approve tiny-gpt/apr5 39  or  autolift reject tiny-gpt/apr5 39',
  ]);
});

test('one that waits again is told again', () => {
  const terminal = fakeTerminal('/');
  const viewer = lineViewer(terminal);
  for (const status of [waits, none, waits]) viewer.show([], status);
  expect(terminal.printed).toHaveLength(2);
});

test('a program is told too', () => {
  const terminal = fakeTerminal('/');
  const viewer = jsonViewer(terminal);
  for (const status of [waits, waits]) viewer.show([], status);
  expect(terminal.printed.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      type: 'awaiting_approval',
      loop: 'tiny-gpt/apr5',
      experiment: 39,
      idea: 'drop the bias',
      reason: 'confirmed',
    },
  ]);
});
