import type { ContestEvidence } from '../../contract/contest.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Direction } from '../score.js';

/** One measured value under the seed of its index: values of two artifacts at one index make a pair. */
export interface Sample {
  index: number;
  value: number;
  /** of a measurement by research: u of each child loop by its unit, and device-seconds of all */
  units?: Record<string, number>;
  cost?: number;
  /** share of those loops whose mechanism was live; absent without one */
  live?: number;
  /** share of those that ended before their mechanism had its chance; absent where none did */
  untried?: number;
  /** share of those whose mechanism broke or was taken out; absent where none did */
  faulty?: number;
}

/** The artifact that was there before anything was kept, and its runs beside the incumbent's, seed by seed. */
export interface Proven {
  commit: string;
  /** what it stood on before these runs */
  standing: { value: number; n: number };
  runs: Sample[];
}

/** What became of keeps that were made while the metric was taken for still. */
export interface Proof extends Proven {
  /** whether the incumbent is shown to be better; unproven keeps go back */
  holds: boolean;
  words: string;
}

/** What became of pairs when another incumbent came while a candidate was judged. */
export interface Overtaken {
  /** index of the first pair that counts: it was made beside the present incumbent */
  from: number;
  /** how often the incumbent changed */
  times: number;
  /** that were begun beside earlier incumbents, and count no more */
  pairs: number;
}

/** All that a rule may look at. Values are in units of the metric; the direction says which way is better. */
export interface Evidence {
  direction: Direction;
  /** the candidate's measurements; index 0 is the screening run */
  candidate: Sample[];
  /** measurements of the present incumbent made for this experiment, on the same indices */
  incumbent: Sample[];
  /** the incumbent's standing: mean of the measurements that it rests on */
  standing: { value: number; n: number };
  /** noise of one run and, where known, its correlation under shared seeds; null when it wasn't measured */
  noise: { sigma: number; n: number; rho?: number } | null;
  /** indices at which the candidate's run failed and the incumbent's did not, for rules that count them as losses */
  failed?: number[];
  /** the contest that it took part in, under rules that judge by the batch */
  contest?: ContestEvidence;
  /** set where the incumbent changed meanwhile; absent in older records */
  overtaken?: Overtaken;
  /** the metric was taken for still, and a keep must run alike on a second seed; absent in older records */
  secondSeed?: true;
  /** the noise as it was measured once a second seed had shown some */
  anew?: { sigma: number; n: number };
  /** what earlier keeps came to then; absent: there were none, or the record is older */
  proof?: Proof;
}

/** What a rule says next. `more` names the indices that are to be measured before it can say. */
export type Step =
  | { decision: 'keep' | 'provisional' | 'discard' | 'inconclusive'; reason: string; gain: number }
  | {
      decision: 'more';
      reason: string;
      candidate: number[];
      incumbent: number[];
      /** of the artifact that unproven keeps are measured beside; absent: none */
      proven?: number[];
    };

/** An acceptance rule: pure, asked again after each answer to `more`. */
export interface Rule {
  /** repeats of the unchanged artifact that the rule wants at the start */
  baselineRepeats: number;
  step(evidence: Evidence, options: Acceptance): Step;
  /** what the candidate stands on once it is kept: selection data left out where there is other */
  standing(evidence: Evidence): { value: number; n: number };
}
