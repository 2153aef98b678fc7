import { ApplicationFailure } from '@temporalio/common';
import type { StewardActivities } from '../../contract/steward.js';
import { keepAlive } from '../keep-alive.js';
import { createAnswerQuery } from './answer-query.js';
import { createAppendKeep } from './append-keep.js';
import { createCheckVault } from './check-vault.js';
import type { StewardDeps } from './deps.js';

const SENTENCE = 'The steward could not answer; its own log says why.';

/** Whatever goes wrong leaves as one sentence: a message, a path or a stack could tell what a vault holds. */
const walled =
  <A, R>(deps: Pick<StewardDeps, 'log'>, activity: (argument: A) => Promise<R>) =>
  async (argument: A): Promise<R> => {
    try {
      return await keepAlive(
        () => null,
        async () => await activity(argument),
      );
    } catch (error) {
      deps.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      const failure = ApplicationFailure.create({ message: SENTENCE, type: 'StewardFailed' });
      failure.stack = SENTENCE;
      throw failure;
    }
  };

/** The activities of the steward over what it needs. */
export const createStewardActivities = (deps: StewardDeps): StewardActivities => ({
  answerQuery: walled(deps, createAnswerQuery(deps)),
  appendKeep: walled(deps, createAppendKeep(deps)),
  checkVault: walled(deps, createCheckVault(deps)),
});

export { openSteward, openStewardLog } from './open-steward.js';
export { removeTree } from './remove-tree.js';
export { scratchFolder } from './score.js';
export { hasWalls } from './walls.js';
