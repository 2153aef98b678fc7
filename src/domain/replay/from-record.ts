import type { LoopRecord } from '../../contract/ledger.js';
import type { Evidence } from '../acceptance/rule.js';
import type { RecordedLoop } from './recorded.js';

const standingOf = (evidence: unknown): { value: number; n: number } | null =>
  (evidence as Partial<Evidence> | null)?.standing ?? null;

/** A loop of the ledger, whose rows come in the order of their verdicts. */
export const fromRecord = ({ loop, experiments }: LoopRecord): RecordedLoop => {
  const { task } = loop.input;
  return {
    name: loop.loop,
    metric: { name: task.measure.metric.name, direction: task.measure.metric.direction },
    acceptance: task.acceptance,
    guarded: task.guards.length > 0,
    baseline: experiments.find(({ experiment }) => experiment === 0)?.measurements ?? [],
    experiments: experiments
      .filter(({ experiment }) => experiment !== 0)
      .map(({ experiment, idea, outcome, reason, commit, against, value, verdict, measurements }) => ({
        experiment,
        idea,
        outcome,
        reason,
        commit,
        against,
        value,
        standing: standingOf(verdict?.evidence),
        measurements,
      })),
    reruns: [],
  };
};
