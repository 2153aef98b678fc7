import { expect, test } from 'vitest';
import { readArguments } from '../../../src/cli/arguments.js';
import { fleet } from '../../../src/cli/commands/fleet.js';
import { method } from '../../../src/cli/commands/method.js';
import { whichHost } from '../../../src/cli/fleet/drain-host.js';
import { runCli } from '../../../src/cli/run-cli.js';
import { fakeTerminal } from './fake-terminal.js';

test.each(['drain', 'undrain'])('fleet %s without a host asks which, and shows no table', async (action) => {
  // nobody listens on port 1: the hosts can't be listed, and the mistake is told all the same
  const terminal = fakeTerminal('/', { AUTOLIFT_HOME: '/nowhere', AUTOLIFT_TEMPORAL_PORT: '1' });
  expect(await runCli(['fleet', action], terminal)).toBe(2);
  expect(terminal.printed).toEqual([]);
  expect(terminal.said.join('\n')).toBe(
    `autolift fleet ${action}: which host?\n  \`autolift fleet\` lists them.`,
  );
});

test('of two optional arguments the second goes without where one is given', () => {
  const first = readArguments(fleet, ['drain']);
  expect([first['action'], first['host']]).toEqual(['drain', undefined]);
  const both = readArguments(fleet, ['drain', 'gpu7']);
  expect([both['action'], both['host']]).toEqual(['drain', 'gpu7']);
  const shown = readArguments(method, ['show', './method']);
  expect([shown['action'], shown['from'], shown['to']]).toEqual(['show', './method', undefined]);
});

test('whoever names no host is told which there are', () => {
  expect(whichHost('drain', ['gpu7', 'lab2']).fix).toBe('Name one of these: gpu7, lab2.');
});
