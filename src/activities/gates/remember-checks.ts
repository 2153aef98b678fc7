import { createHash } from 'node:crypto';
import type { GateReport } from '../../contract/gates.js';
import type { MechanismCheck } from '../../contract/mechanism-run.js';

type Check = (check: MechanismCheck) => Promise<GateReport>;

const KEPT = 256;

/**
 * The gates, which answer the same to the same: a source that was checked beside an incumbent isn't checked again, by whichever
 * activity it is asked for. A check that goes on is waited for, so that an activity's next attempt finds what the first began.
 */
export const rememberChecks = (check: Check): Check => {
  const kept = new Map<string, Promise<GateReport>>();
  return (asked) => {
    const key = createHash('sha256')
      .update(JSON.stringify([asked.source, asked.incumbent ?? null]))
      .digest('hex');
    const found = kept.get(key);
    if (found !== undefined) return found;
    const report = check(asked);
    kept.set(key, report);
    // what broke down isn't an answer
    report.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return report;
  };
};
