import type { RunRecord } from '../../../contract/measurement.js';
import type { Ready } from '../../../contract/proposal.js';
import { foldIncumbent } from '../../../domain/loop/fold-incumbent.js';
import { partOfRun } from '../../../domain/loop/part-of-run.js';
import { outOfTime } from '../../../domain/loop/stop-reason.js';
import { seenOf } from '../../../domain/steering/seen-of.js';
import type { lookOf } from '../../../domain/steering/unjudged.js';
import { finish } from '../finish.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';

/** Whether the rest of several runs is left alone: each is a whole one, and paid for. */
const isCutShort = ({ stopping, state, input }: Loop): boolean =>
  stopping !== null || outOfTime(state, input.task, Date.now()) !== null;

/** The incumbent rests on all whole runs of it; under branch + promote the trunk does, on fresh runs of its own. */
const fold = (loop: Loop, records: readonly RunRecord[]): string => {
  const { incumbent, promotion } = loop.state;
  if (incumbent === null || promotion !== null) return '';
  const folded = foldIncumbent(incumbent, records);
  if (folded.n === incumbent.n) return '';
  loop.state = { ...loop.state, incumbent: folded };
  return `; it stands on ${String(folded.n)} runs now`;
};

/** A part of a run for a candidate, or runs of a known trial: no rule judges what they show, and nothing is kept for it. */
export const look = async (
  loop: Loop,
  prepared: Ready,
  { wanted, measure }: { wanted: NonNullable<ReturnType<typeof lookOf>>; measure: Measure },
): Promise<void> => {
  const { experiment, commit, idea, steering } = prepared;
  const { n, fidelity, of } = wanted;
  const isOurs = of !== null && commit === loop.state.incumbent?.commit;
  const role = isOurs ? ('incumbent' as const) : ('candidate' as const);
  const part = fidelity < 1 ? { fidelity } : {};
  const records: RunRecord[] = [];
  for (let index = 0; index < n && (index === 0 || !isCutShort(loop)); index++)
    records.push(await measure(loop, { experiment, role, index, commit, guards: false, ...part }, idea));
  const { seen, outcome, reason } = seenOf(records, { fidelity, of });
  const { name } = loop.input.task.measure.metric;
  const measurements = fidelity < 1 ? records.map((one) => partOfRun(one, fidelity, name)) : records;
  const folded = of === null || fidelity < 1 ? '' : fold(loop, records);
  const shown = steering === undefined ? prepared : { ...prepared, steering: { ...steering, seen } };
  finish(loop, shown, { outcome, reason: `${reason}${folded}`, measurements, evidence: null });
};
