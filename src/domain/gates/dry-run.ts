import type { Finding } from '../../contract/gates.js';
import type { HostedMechanism } from '../../contract/mechanism-run.js';
import { liftVerdict } from '../lift/lift-verdict.js';
import { mean } from '../statistics.js';
import { findingOf, rejected } from './finding.js';
import { Broke } from './play.js';

/** A simulator with tasks of its own: what a loop with this mechanism comes to, in 0 … 1; null is the identity. */
export interface DryRun {
  tasks: number;
  score(mechanism: HostedMechanism | null, task: number): number;
}

/** G7: not worse than no mechanism, as far as some two dozen simulated loops can tell. It needn't be better: that is asked later. */
export const dryRunFinding = (mechanism: HostedMechanism, dryRun: DryRun): Finding | null => {
  try {
    const d = Array.from(
      { length: dryRun.tasks },
      (_, task) => dryRun.score(mechanism, task) - dryRun.score(null, task),
    );
    if (liftVerdict(d, { rule: 't' }) !== 'harmful') return null;
    return rejected(
      'G7',
      `on ${String(d.length)} simulated loops it came to ${mean(d).toFixed(2)} against no mechanism at all: harmful. ` +
        'It may forbid what works, or spend its trials where nothing is to be found.',
    );
  } catch (error) {
    if (!(error instanceof Broke)) throw error;
    return findingOf(error.fault, error.at);
  }
};
