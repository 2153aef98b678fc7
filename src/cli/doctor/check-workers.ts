import { Client } from '@temporalio/client';
import type { Settings } from '../../workers/settings.js';
import { connectTemporal } from '../engine.js';
import { noControl } from '../liveness/missing-worker.js';
import { controlServed } from '../liveness/queue-served.js';
import { ok, warn, type Check } from './check.js';

/** Whether somebody serves loops, wherever that is; a server that doesn't answer has a check of its own. */
export const checkWorkers = async (settings: Settings): Promise<Check[]> => {
  const connection = await connectTemporal(settings).catch(() => null);
  if (connection === null) return [];
  try {
    const client = new Client({ connection, namespace: settings.temporal.namespace });
    const { text, fix } = noControl(settings);
    return [
      (await controlServed({ client, settings }))
        ? ok('workers', 'a control worker runs')
        : warn('workers', text, fix),
    ];
  } finally {
    await connection.close();
  }
};
