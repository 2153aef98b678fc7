import { expect, test } from 'vitest';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { launch } from '../../../src/cli/launch.js';
import { openRepository } from '../../../src/storage/git/repository.js';
import { repositoryWith } from '../../support/engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

type Engine = Parameters<typeof launch>[0];

/** A server that knows nothing yet of what else is being started. */
const engine = (running: readonly string[] = []) => {
  const started: string[] = [];
  const start = (type: string, { workflowId }: { workflowId: string }) => {
    if (running.includes(workflowId))
      return Promise.reject(new WorkflowExecutionAlreadyStartedError('there is one', workflowId, type));
    started.push(workflowId);
    return Promise.resolve();
  };
  const whole = { client: { workflow: { start } }, ledger: { loops: () => Promise.resolve([]) } };
  return { started, whole: whole as unknown as Engine };
};

const scene = async () => {
  const repository = await openRepository(repositoryWith({ 'train.py': '' }));
  const baseCommit = (await repository.resolve('HEAD')) ?? '';
  const of = (name: string, asked?: string) => {
    const { level, task, source, forkedFrom } = loopInput(`${name}/x`, taskWith({ name }));
    const input = { level, task, source: { ...source, baseCommit }, forkedFrom };
    return { input, repository, asked };
  };
  return { repository, of };
};

test('two loops that begin at the same moment in one repository never share a branch', async () => {
  const { of } = await scene();
  const { whole, started } = engine();
  const tasks = ['sine', 'sorting', 'toy', 'gpt'];
  const loops = await Promise.all(tasks.map(async (name) => launch(whole, of(name))));
  expect(new Set(loops.map(({ tag }) => tag)).size).toBe(tasks.length);
  expect(started.toSorted()).toEqual(loops.map(({ loop }) => loop).toSorted());
});

test('of two that ask for the same tag one is refused, in one message', async () => {
  const { of } = await scene();
  const { whole, started } = engine();
  const both = await Promise.allSettled([
    launch(whole, of('sine', 'mine')),
    launch(whole, of('toy', 'mine')),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
    what: expect.stringContaining('the tag "mine" is taken') as string,
    where: '--tag',
  });
  expect(started).toHaveLength(1);
});

test('a name that a loop of another repository has leaves no branch behind', async () => {
  const { repository, of } = await scene();
  const { whole } = engine(['sine/mine']);
  await expect(launch(whole, of('sine', 'mine'))).rejects.toThrow('taken');
  expect(await repository.branchTip('autoresearch/mine')).toBe(null);
});
