import type { Measurement } from '../../contract/measurement.js';
import type { CloneVerdict } from '../../contract/noise.js';
import type { RunReport } from '../../contract/run-schema.js';
import { decide, type Question } from '../../domain/acceptance/decide.js';
import { asJudged } from '../../domain/noise/as-judged.js';
import { baselineOfClones } from '../../domain/noise/baseline-of-clones.js';
import type { Study } from './study.js';

/** Candidate and incumbent are one commit; in the rule's eyes they are two. */
const LABELS = { candidate: 'clone', incumbent: 'incumbent' } as const;

const toMeasurement = (report: RunReport, role: 'candidate' | 'incumbent', index: number): Measurement => ({
  role,
  index,
  commit: LABELS[role],
  seed: index,
  status: report.status,
  value: report.value,
  origin: report.origin,
  deviceClass: report.device.class,
  deviceSeconds: 0,
  detail: report.detail,
});

const judgeClone = async (
  study: Study,
  device: string,
  { clone, question }: { clone: number; question: Omit<Question, 'measurements'> },
): Promise<CloneVerdict> => {
  const measurements: Measurement[] = [];
  const run = async (role: 'candidate' | 'incumbent', index: number): Promise<void> => {
    const report = await study.measure({ device, experiment: clone, index, role, arm: '' });
    measurements.push(toMeasurement(report, role, index));
  };
  await run('candidate', 0);
  for (;;) {
    const decision = decide({ ...question, measurements });
    if (decision.decision === 'final')
      return { outcome: decision.outcome, reason: decision.reason, runs: measurements.length };
    const index = Math.min(...decision.candidate, ...decision.incumbent);
    const wanted = (['incumbent', 'candidate'] as const).filter((role) => decision[role].includes(index));
    // the first place in turns, as in a loop
    for (const role of index % 2 === 0 ? wanted.toReversed() : wanted) await run(role, index);
  }
};

/** The A/A test on real runs: copies of the unchanged artifact are judged as candidates, each on seeds of its own. */
export const judgeClones = async (study: Study, device: string): Promise<CloneVerdict[]> => {
  const { clones, task } = study.input;
  const values = study.runs.flatMap(({ deviceClass, arm, value }) =>
    deviceClass === device && arm === 0 && value !== null ? [value] : [],
  );
  const acceptance = asJudged(task.acceptance);
  const start = baselineOfClones(values, acceptance);
  const question = {
    direction: task.measure.metric.direction,
    acceptance,
    candidate: LABELS.candidate,
    incumbent: { commit: LABELS.incumbent, value: start.value, n: start.n },
    noise: start.noise,
  };
  const verdicts: CloneVerdict[] = [];
  let next = 1;
  const lane = async (): Promise<void> => {
    while (next <= clones) {
      const clone = next++;
      verdicts.push(await judgeClone(study, device, { clone, question }));
    }
  };
  await Promise.all(Array.from({ length: task.concurrency }, lane));
  return verdicts;
};
