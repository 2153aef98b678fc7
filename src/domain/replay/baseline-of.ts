import type { Acceptance } from '../../contract/task-schema.js';
import type { Evidence } from '../acceptance/rule.js';
import { anotherRepeat } from '../loop/another-repeat.js';
import { readBaseline } from '../loop/read-baseline.js';
import { counted } from '../format.js';
import { baselineRuns } from '../noise/baseline-runs.js';
import type { RecordedLoop } from './recorded.js';
import { enthrone, type Incumbent } from './standing.js';

/** As many degrees of freedom as a known noise may be taken to have. */
const KNOWN = 100;

/** A loop whose unchanged artifact has no score can't be replayed. */
export class NoBaseline extends Error {
  override readonly name = 'NoBaseline';
}

export interface Start {
  incumbent: Incumbent;
  noise: Evidence['noise'];
  notes: string[];
}

/** The first runs with so many scores among them, and what crashed in between. */
const upTo = (runs: RecordedLoop['baseline'], wanted: number): RecordedLoop['baseline'] => {
  const scored = runs.flatMap(({ status }, at) => (status === 'ok' ? [at] : []));
  return runs.slice(0, (scored[wanted - 1] ?? runs.length - 1) + 1);
};

/** What the rule would have started from: as many of the recorded repeats as it makes, or fewer where there are fewer. */
export const baselineOf = (loop: RecordedLoop, options: Acceptance, sigma: number | null): Start => {
  const wanted = baselineRuns(options);
  const runs = upTo(loop.baseline, wanted);
  const baseline = readBaseline(runs);
  const commit = runs[0]?.commit;
  if (!baseline.ok || commit === undefined)
    throw new NoBaseline(baseline.ok ? 'there is no baseline' : baseline.reason);
  const short = anotherRepeat(runs, wanted);
  const notes =
    short && sigma === null
      ? [
          `the rule wants ${counted(wanted, 'run')} of the unchanged artifact; the record has ${String(baseline.n)}`,
        ]
      : [];
  const measured = short && baseline.n < 2 ? null : baseline.noise;
  const noise = sigma === null ? measured : { sigma, n: KNOWN };
  return { incumbent: enthrone(0, commit, baseline), noise, notes };
};
