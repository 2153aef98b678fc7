import { createHash } from 'node:crypto';
import type { Deps } from '../deps.js';

type Check = Deps['checkMechanism'];

interface Asked {
  report: ReturnType<Check>;
  waiting: number;
  isDone: boolean;
  /** ends the check, which nobody waits for any more */
  end(reason: unknown): void;
}

const KEPT = 256;

/** A check's report, or the reason why whoever waits for it gave up; the last who does ends the check. */
const waitFor = async (asked: Asked, signal: AbortSignal): ReturnType<Check> => {
  asked.waiting += 1;
  let giveUp = (): void => undefined;
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp);
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([asked.report, gaveUp]);
  } finally {
    signal.removeEventListener('abort', giveUp);
    asked.waiting -= 1;
    if (asked.waiting === 0 && !asked.isDone) asked.end(signal.reason);
  }
};

/**
 * The gates, which answer the same to the same: a source that was checked beside an incumbent isn't checked again, by whichever
 * activity it is asked for. A check that goes on is waited for by all who ask.
 */
export const rememberChecks = (check: Check): Check => {
  const kept = new Map<string, Asked>();
  const begin = (key: string, wanted: Parameters<Check>[0]): Asked => {
    const nobody = new AbortController();
    const forget = (): void => {
      if (kept.get(key) === asked) kept.delete(key);
    };
    const asked: Asked = {
      report: check(wanted, nobody.signal),
      waiting: 0,
      isDone: false,
      end: (reason) => {
        forget();
        nobody.abort(reason);
      },
    };
    asked.report.then(() => (asked.isDone = true), forget);
    kept.set(key, asked);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return asked;
  };
  return (wanted, signal) => {
    const key = createHash('sha256')
      .update(JSON.stringify([wanted.source, wanted.incumbent ?? null]))
      .digest('hex');
    return waitFor(kept.get(key) ?? begin(key, wanted), signal);
  };
};
