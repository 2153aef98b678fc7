import { engineState } from '../../src/embedded/index.js';
import { readState } from '../../src/embedded/engine-state.js';
import type { TestEngine } from './engine.js';

/** Every process of the engine at once, keeper and servers too, and no farewell. */
export const killAll = ({ home, settings }: Pick<TestEngine, 'home' | 'settings'>): void => {
  const keeper = readState(home)?.keeper.pid;
  const pids = engineState(settings).services.map(({ pid }) => pid);
  for (const pid of [keeper, ...pids]) if (pid !== undefined) process.kill(pid, 'SIGKILL');
};
