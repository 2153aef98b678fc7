import { defaultPayloadConverter } from '@temporalio/common';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { expect, test } from 'vitest';
import { runsOnDevices, withRuns } from '../../../../src/cli/liveness/runs-on-devices.js';
import { loopStatus } from '../../../support/loop-status.js';

const beat = { phase: 'run', elapsedSeconds: 3, memoryBytes: 1, lastLines: [], step: 7, loss: 2.5 };

const described = (...activities: { name?: string; details?: unknown }[]) =>
  ({
    raw: {
      pendingActivities: activities.map(({ name = 'runCandidate', details }) => ({
        activityType: { name },
        heartbeatDetails:
          details === undefined ? null : { payloads: [defaultPayloadConverter.toPayload(details)] },
      })),
    },
  }) as unknown as WorkflowExecutionDescription;

test('runs are known by their heartbeats; those that say nothing, or nothing known, are passed over', () => {
  const runs = runsOnDevices(
    described(
      { details: { ...beat, key: 'gpt/n/41/candidate/0' } },
      { details: { ...beat, key: 'gpt/n/42/candidate/0', fromTheFuture: true } },
      { details: 'words' },
      {},
      { name: 'settle', details: { ...beat, key: 'gpt/n/43/candidate/0' } },
    ),
  );
  expect(runs.map(({ key, step }) => [key, step])).toEqual([['gpt/n/41/candidate/0', 7]]);
});

test('a loop without any activity under way has none', () => {
  expect(runsOnDevices({ raw: {} })).toEqual([]);
});

test('each experiment of a status has its own run', () => {
  const status = {
    ...loopStatus(),
    running: [41, 44].map((experiment) => ({ experiment, idea: 'x', waitingFor: 'device' })),
  };
  const runs = runsOnDevices(described({ details: { ...beat, key: 'gpt/n/41/incumbent/3' } }));
  expect(withRuns(status, runs).running.map(({ run }) => run?.loss)).toEqual([2.5, undefined]);
});
