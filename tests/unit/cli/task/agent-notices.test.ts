import { expect, test } from 'vitest';
import { agentNotices } from '../../../../src/cli/task/agent-notices.js';
import { taskWith } from '../../../support/loop-input.js';

const agent = (command: string, more: object = {}) => ({ kind: 'command' as const, command, ...more });

test('an agent program under /tmp is told: its /tmp is empty', () => {
  const [said] = agentNotices(taskWith({ proposer: agent('bash -c "/tmp/agent.sh --fast"') }));
  expect(said).toContain('/tmp/agent.sh');
  expect(said).toContain('/tmp is empty');
  expect(agentNotices(taskWith({ proposer: agent('my-agent --out /tmp') }))).toEqual([]);
});

test('approval with an agent that has the network is told with what takes it away', () => {
  const task = (more: object) => taskWith({ approval: true, proposer: agent('my-agent', more) });
  expect(agentNotices(task({}))).toEqual([expect.stringContaining('`network: false`')]);
  expect(agentNotices(task({ network: false }))).toEqual([]);
  expect(agentNotices(taskWith({ approval: true }))).toEqual([]);
});
