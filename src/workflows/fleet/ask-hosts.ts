import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { AskHosts, HostActivities, HostAnswers, HostReport } from '../../contract/fleet.js';

/** Who hasn't answered by then is silent. */
const PATIENCE = '2s';

const askOne = async (ask: AskHosts['ask'], taskQueue: string): Promise<HostReport | null> => {
  const desk = proxyActivities<HostActivities>({
    taskQueue,
    scheduleToCloseTimeout: PATIENCE,
    retry: { maximumAttempts: 1 },
  });
  try {
    return await (ask === 'describe' ? desk.describeHost() : desk.drainHost(ask === 'drain'));
  } catch {
    return null;
  }
};

/** Asks each worker process at its own desk, all at once: whose silence is its own is no failure. */
export async function askHosts({ ask, queues }: AskHosts): Promise<HostAnswers> {
  setCurrentDetails(`\`autolift fleet\`: ${ask}, ${String(queues.length)} workers asked`);
  return await Promise.all(queues.map(async (queue) => askOne(ask, queue)));
}
