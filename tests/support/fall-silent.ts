import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { RunRequest } from '../../src/contract/run-schema.js';
import type { FakeEngine } from './fake-engine.js';

/** Until it is cancelled; then it fails as one of a dead host does, by its silence. */
export const silence = async (): Promise<never> => {
  const beat = setInterval(() => {
    Context.current().heartbeat();
  }, 20);
  await Context.current().cancelled.catch(() => undefined);
  clearInterval(beat);
  throw ApplicationFailure.nonRetryable('activity Heartbeat timeout');
};

/** From now on this engine's runs fall silent where a test says so; the promise is kept once one has. */
export const fallSilent = (engine: FakeEngine, isSilent: (request: RunRequest) => boolean) => {
  const runCandidate = engine.activities.runCandidate.bind(engine.activities);
  let tell: () => void = () => undefined;
  const fell = new Promise<void>((resolve) => (tell = resolve));
  engine.activities.runCandidate = async (request) => {
    if (!isSilent(request)) return await runCandidate(request);
    tell();
    return await silence();
  };
  return fell;
};
