import { parentPort } from 'node:worker_threads';
import * as tasks from './tasks.mjs';

parentPort.on('message', async ({ kind, task }) => {
  try {
    parentPort.postMessage({ value: await tasks[kind](task) });
  } catch (error) {
    parentPort.postMessage({ error: error.stack });
  }
});
