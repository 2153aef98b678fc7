import { WorkflowNotFoundError } from '@temporalio/common';
import { expect, test } from 'vitest';
import { joinAblation } from '../../../../src/cli/ablation/join-ablation.js';
import type { Engine } from '../../../../src/cli/engine.js';
import type { AblationInput, AblationProgress } from '../../../../src/contract/ablation.js';
import { ablationInput, cellEnd } from '../../../support/ablation.js';

const input = ablationInput();

const progress: AblationProgress = {
  planned: 4,
  searches: [],
  running: [],
  cells: [cellEnd({ arm: 'A', repeat: 0 }), cellEnd({ arm: 'S', repeat: 0, u: null, failed: 'crashed' })],
};

interface Before {
  status: 'RUNNING' | 'COMPLETED' | 'TERMINATED';
  /** of the result; absent: there is none */
  stopped?: string | null;
  attempt?: number;
}

/** A server that has run this ablation before, or not; what is started on it is kept. */
const server = (before: Before | null) => {
  const started: AblationInput[] = [];
  const handle = {
    describe: () =>
      before === null
        ? Promise.reject(new WorkflowNotFoundError('none', input.id, undefined))
        : Promise.resolve({ status: { name: before.status }, memo: { attempt: before.attempt ?? 1 } }),
    result: () =>
      before?.stopped === undefined
        ? Promise.reject(new Error('it has no result'))
        : Promise.resolve({ ...progress, stopped: before.stopped }),
    query: () => Promise.resolve(progress),
  };
  const workflow = {
    getHandle: () => handle,
    start: (_type: string, { args }: { args: [AblationInput] }) => {
      started.push(args[0]);
      return Promise.resolve(handle);
    },
  };
  return { engine: { client: { workflow } } as unknown as Pick<Engine, 'client'>, started };
};

const join = async (before: Before | null, flags: { again?: boolean; stop?: boolean } = {}) => {
  const { engine, started } = server(before);
  const { how } = await joinAblation(engine, input, { again: false, stop: false, ...flags });
  return { how, started };
};

test('what was never run is started, and what runs is joined', async () => {
  expect(await join(null)).toEqual({ how: 'started', started: [input] });
  expect(await join({ status: 'RUNNING' })).toEqual({ how: 'joined', started: [] });
});

test('what is whole is not run again, unless failed loops are to be', async () => {
  const whole: Before = { status: 'COMPLETED', stopped: null };
  expect(await join(whole)).toEqual({ how: 'finished', started: [] });
  const { how, started } = await join(whole, { again: true });
  expect(how).toBe('continued');
  expect(started[0]?.ended.map(({ arm }) => arm)).toEqual(['A']);
});

test.each<Before>([
  { status: 'COMPLETED', stopped: 'cancelled', attempt: 2 },
  { status: 'TERMINATED', attempt: 2 },
])('what was cut off goes on with what had ended, under names of its own: %j', async (before) => {
  const { how, started } = await join(before);
  expect(how).toBe('continued');
  expect(started).toMatchObject([{ attempt: 3, ended: [{ arm: 'A', repeat: 0 }] }]);
});

test('to stop starts nothing', async () => {
  await expect(join(null, { stop: true })).rejects.toThrow('it was never started');
  expect(await join({ status: 'COMPLETED', stopped: 'cancelled' }, { stop: true })).toEqual({
    how: 'finished',
    started: [],
  });
});
