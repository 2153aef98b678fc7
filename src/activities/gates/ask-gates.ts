import { Context } from '@temporalio/activity';
import type { Finding } from '../../contract/gates.js';
import type { MechanismCheck } from '../../contract/mechanism-run.js';
import type { Deps } from '../deps.js';

/**
 * By a clock, with the wait for other checks. The gates have bounds of their own, in CPU time, and reach them before this also where a
 * thread gets a tenth of a core. Within the activity's time-out, so that the last attempt can still say what it was.
 */
export interface Patience {
  milliseconds: number;
  attempts: number;
}

export const PATIENCE: Patience = { milliseconds: 30 * 60_000, attempts: 3 };

const tooLate = ({ milliseconds }: Patience): Error =>
  new Error(`the gates did not come to an end in ${String(milliseconds / 60_000)} minutes`);

const gaveUp = (patience: Patience): Finding => ({
  gate: 'G5',
  verdict: 'rejected',
  reason: `${tooLate(patience).message}, in any of ${String(patience.attempts)} attempts: do less in a call`,
  where: null,
});

/**
 * What the gates find, or that they came to no end: then another attempt is made, and the last one is a finding. A cancelled activity,
 * or one that ran out of time, ends the check wherever it is.
 */
export const askGates = async (
  check: MechanismCheck,
  { checkMechanism }: Pick<Deps, 'checkMechanism'>,
  patience = PATIENCE,
): Promise<Finding | null> => {
  const { cancellationSignal, info } = Context.current();
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(tooLate(patience));
  }, patience.milliseconds);
  try {
    const { finding } = await checkMechanism(check, AbortSignal.any([cancellationSignal, late.signal]));
    return finding;
  } catch (error) {
    if (error !== late.signal.reason || info.attempt < patience.attempts) throw error;
    return gaveUp(patience);
  } finally {
    clearTimeout(timer);
  }
};
