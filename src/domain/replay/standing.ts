import type { Measurement } from '../../contract/measurement.js';
import type { RecordedExperiment } from './recorded.js';

interface Score {
  value: number;
  n: number;
}

/** What a replayed candidate is compared with, and every standing that it has had. */
export interface Incumbent extends Score {
  experiment: number;
  commit: string;
  had: Score[];
  /** put there by the record's verdict, because the replay had none of its own */
  asRecorded?: boolean;
}

export const enthrone = (experiment: number, commit: string, { value, n }: Score): Incumbent => ({
  experiment,
  commit,
  value,
  n,
  had: [{ value, n }],
});

/** The same with another standing, its mean over more runs. */
export const restand = (incumbent: Incumbent, { value, n }: Score): Incumbent => ({
  ...incumbent,
  value,
  n,
  had: [...incumbent.had, { value, n }],
});

/**
 * The standing at the moment of a verdict. Experiments that ran side by side were judged before others' re-runs of the
 * incumbent came in: the recorded standing is right where this incumbent has had it.
 */
export const standingFor = (incumbent: Incumbent, { standing, against }: RecordedExperiment): Score => {
  if (incumbent.asRecorded === true && standing !== null && against === incumbent.experiment) return standing;
  return incumbent.had.find(({ value, n }) => value === standing?.value && n === standing.n) ?? incumbent;
};

/** Hands out the runs that the record has of a candidate and of this incumbent beside it. */
export const supplyFrom =
  ({ commit, measurements }: RecordedExperiment, incumbent: Incumbent) =>
  (role: 'candidate' | 'incumbent', index: number): Measurement | null =>
    measurements.find(
      (one) =>
        one.role === role &&
        one.index === index &&
        one.commit === (role === 'candidate' ? commit : incumbent.commit),
    ) ?? null;
