import type { Elite } from '../../contract/mechanism.js';
import type { Policy } from '../../contract/method.js';
import { random } from '../random.js';

interface Stuck {
  /** experiments without a keep */
  sinceKeep: number;
  incumbent: number;
  seed: number;
}

/** Whether proposals start from somewhere else by now. */
export const restartDue = ({ restarts }: Pick<Policy, 'restarts'>, sinceKeep: number): boolean =>
  restarts !== null && sinceKeep >= restarts.after;

/** Where a stuck search starts from: the baseline, or an elite that changes after as many experiments again. */
export const restartFrom = <E extends Pick<Elite, 'id'>>(
  { restarts }: Pick<Policy, 'restarts'>,
  elites: readonly E[],
  { sinceKeep, incumbent, seed }: Stuck,
): E | null => {
  if (restarts === null || sinceKeep < restarts.after) return null;
  const others = elites.filter(({ id }) => id !== incumbent && (restarts.from === 'elites' || id === 0));
  if (others.length === 0) return null;
  return random('restart', seed, incumbent, Math.floor(sinceKeep / restarts.after)).pick(others);
};
