import { Context } from '@temporalio/activity';

/** Well within the heartbeat timeout, after which another attempt is made. */
const EVERY_MS = 2000;

/** Heartbeats with the latest details while something slow is waited for. */
export const keepAlive = async <T>(details: () => unknown, slow: () => Promise<T>): Promise<T> => {
  const context = Context.current();
  context.heartbeat(details());
  const ticker = setInterval(() => {
    context.heartbeat(details());
  }, EVERY_MS);
  try {
    return await slow();
  } finally {
    clearInterval(ticker);
  }
};
