import { NamespaceNotFoundError } from '@temporalio/common';
import { expect, test } from 'vitest';
import { UserError } from '../../../src/contract/user-error.js';
import { showError } from '../../../src/cli/show-error.js';
import { Unreachable } from '../../../src/cli/unreachable.js';
import { fakeTerminal } from './fake-terminal.js';

const shown = (error: unknown): { code: number; said: string } => {
  const terminal = fakeTerminal('/', { TEMPORAL_ADDRESS: 'lab:7233', TEMPORAL_NAMESPACE: 'nope' });
  return { code: showError(error, terminal), said: terminal.said.join('\n') };
};

test.each([
  ['of the client', new NamespaceNotFoundError('nope')],
  ['of the service', new Error('5 NOT_FOUND: Namespace nope is not found.')],
  ['that caused another', new Error('no list', { cause: new NamespaceNotFoundError('nope') })],
])('a namespace that the named server does not have is a mistake: an error %s', (_, error) => {
  expect(shown(error)).toEqual({
    code: 2,
    said: 'lab:7233: the Temporal server has no namespace "nope"\n  Correct TEMPORAL_NAMESPACE, or make it there: `temporal operator namespace create`.',
  });
});

test('a mistake, a silent engine and what broke have exit codes of their own', () => {
  expect(shown(new UserError('is wrong', 'task.yaml', 'Mend it.'))).toEqual({
    code: 2,
    said: 'task.yaml: is wrong\n  Mend it.',
  });
  expect(shown(new Unreachable('no engine answers', 'here', 'Start it.')).code).toBe(3);
  expect(shown(new Error('boom'))).toEqual({
    code: 1,
    said: 'autolift failed: boom\n  AUTOLIFT_DEBUG=1 shows where.',
  });
});
