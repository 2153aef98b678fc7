import { expect, test } from 'vitest';
import type { Finished } from '../../../src/cli/finished-rows.js';
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
    expect.stringMatching(
      /^ {3}#39 \? waits for you: drop the bias {2}\S*autolift approve tiny-gpt\/apr5 39 {2}or {2}\S*autolift reject tiny-gpt\/apr5 39$/,
    ),
  ]);
});

test('a refused proposal is followed by its reason', () => {
  const terminal = fakeTerminal('/');
  const refused = { experiment: 3, outcome: 'refused' as const, idea: 'x', value: null };
  const shown = { ...refused, reason: 'prepare.py is not editable' };
  lineViewer(terminal).show([{ row: {} as Finished['row'], shown }], none);
  expect(terminal.printed).toEqual([
    expect.stringMatching(/#3 – refused/),
    '         prepare.py is not editable',
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
