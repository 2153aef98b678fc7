import { FakeEngine } from '../../support/fake-engine.js';
import { taskWith } from '../../support/loop-input.js';

const holdout = { vault: '../vaults/toy', command: 'python3 score.py' };

/** A task whose keeps need the word of a holdout. */
export const taskOf = (extra: Parameters<typeof taskWith>[0] = {}) =>
  taskWith({ holdout, budget: { experiments: 3 }, ...extra });

/** Every experiment is better than the one before it. */
export const climbing = (options: FakeEngine['options'] = {}, runMs = 0) =>
  new FakeEngine((experiment) => 100 - experiment, { runMs, ...options });

export const outcomes = (engine: FakeEngine) =>
  engine.rows.toSorted((a, b) => a.experiment - b.experiment).map(({ outcome }) => outcome);
