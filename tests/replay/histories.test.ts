import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { workflowBundle } from '../support/temporal.js';

const FOLDER = new URL('../histories/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json.gz'));

interface Recorded {
  workflowId: string;
  events: { eventType: string; activityTaskScheduledEventAttributes?: { activityType: { name: string } } }[];
}

const read = (name: string): Recorded =>
  JSON.parse(gunzipSync(readFileSync(new URL(name, FOLDER))).toString()) as Recorded;

const replay = async ({ workflowId, ...history }: Recorded): Promise<void> => {
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, workflowId);
};

test.each(FILES)('the recorded loop %s replays', { timeout: 300_000 }, async (name) => {
  await replay(read(name));
});

test('histories of every kind are there', () => {
  expect(FILES.sort()).toEqual([
    'approval.json.gz',
    'cancelled.json.gz',
    'confirm.json.gz',
    'contest.json.gz',
    'continued.json.gz',
    'failed-baseline.json.gz',
    'finished.json.gz',
    'holdout.json.gz',
    'messages.json.gz',
    'promotion.json.gz',
  ]);
});

test('a history that the workflow would not have made is found out', async () => {
  const recorded = read('finished.json.gz');
  const scheduled = recorded.events.find(
    ({ activityTaskScheduledEventAttributes: one }) => one?.activityType.name === 'propose',
  );
  if (scheduled?.activityTaskScheduledEventAttributes === undefined) throw new Error('no proposal recorded');
  scheduled.activityTaskScheduledEventAttributes.activityType.name = 'settle';
  await expect(replay(recorded)).rejects.toThrow(/[Nn]ondeterminism/);
});
