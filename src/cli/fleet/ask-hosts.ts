import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { AskHosts, HostAnswers } from '../../contract/fleet.js';
import { ASK_HOSTS, CONTROL_QUEUE } from '../../contract/names.js';
import type { Asked } from '../../domain/fleet/fleet-view.js';
import type { Desk } from '../../domain/fleet/desks.js';

/** Hosts in one history. */
const BATCH = 200;

const askBatch = async (
  client: Client,
  ask: AskHosts['ask'],
  desks: readonly Desk[],
): Promise<HostAnswers> => {
  const input: AskHosts = { v: 1, ask, queues: desks.map(({ queue }) => queue) };
  return client.workflow.execute<(input: AskHosts) => Promise<HostAnswers>>(ASK_HOSTS, {
    workflowId: `fleet/${ask}-${randomUUID()}`,
    taskQueue: CONTROL_QUEUE,
    args: [input],
    workflowExecutionTimeout: '30s',
    staticSummary: `autolift fleet: ${ask}`,
  });
};

/** Asks those that were heard of just now; the others are silent without being asked. */
export const askDesks = async (
  client: Client,
  ask: AskHosts['ask'],
  desks: readonly Desk[],
): Promise<Asked[]> => {
  const fresh = desks.filter((desk) => desk.fresh);
  const answers: HostAnswers = [];
  for (let at = 0; at < fresh.length; at += BATCH)
    answers.push(...(await askBatch(client, ask, fresh.slice(at, at + BATCH))));
  const now = Date.now();
  return desks.map((desk) => {
    const report = desk.fresh ? (answers[fresh.indexOf(desk)] ?? null) : null;
    return { desk: report === null ? desk : { ...desk, seenAt: now }, report };
  });
};
