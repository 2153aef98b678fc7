import { expect, test } from 'vitest';
import { stuckActivities } from '../../../../src/cli/liveness/stuck-activities.js';

type Described = Parameters<typeof stuckActivities>[0];

const described = (...pending: object[]): Described =>
  ({ raw: { pendingActivities: pending } }) as unknown as Described;

const failing = (name: string, attempt: number, message: string) => ({
  activityType: { name },
  attempt,
  lastFailure: { message: 'Activity task failed', cause: { message } },
});

test('what fails again and again is told with its innermost reason, each reason once', () => {
  const away = 'https://lab/x from host: the git remote can’t be reached\n  Nothing is lost.';
  expect(
    stuckActivities(
      described(failing('propose', 4, away), failing('rebase', 3, away), failing('settle', 5, 'disk')),
    ),
  ).toEqual([
    'rebase fails and is tried again (3 times so far): https://lab/x from host: the git remote can’t be reached Nothing is lost.',
    'settle fails and is tried again (5 times so far): disk',
  ]);
});

test('a first failure, a wait for a device and what merely runs are no notice', () => {
  expect(
    stuckActivities(
      described(failing('runCandidate', 2, 'x'), failing('awaitDevice', 9, 'nobody'), {
        attempt: 7,
        activityType: {},
      }),
    ),
  ).toEqual([]);
});
