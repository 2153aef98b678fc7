import { Context } from '@temporalio/activity';

/** Well within the heartbeat timeout, after which another attempt is made. */
const EVERY_MS = 2000;

/**
 * Heartbeats with the latest details while something slow is waited for, and when it fails. What ends well within
 * two seconds costs the server none; only a further attempt begins with one, to hand on what it was given.
 */
export const keepAlive = async <T>(details: () => unknown, slow: () => Promise<T>): Promise<T> => {
  const context = Context.current();
  if (context.info.attempt > 1) context.heartbeat(details());
  const ticker = setInterval(() => {
    context.heartbeat(details());
  }, EVERY_MS);
  try {
    return await slow();
  } catch (error) {
    context.heartbeat(details());
    throw error;
  } finally {
    clearInterval(ticker);
  }
};
