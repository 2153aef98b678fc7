/** A score and its standard error, as the evaluator under test gave them; u in 0 … 1. */
export interface Score {
  score: number;
  se: number;
}

/** What an evaluator said of artifacts whose worth is known. Measured by the harness, never read from an artifact. */
export interface CanaryScores {
  /** score of the baseline artifact */
  baseline: number;
  /** known to be bad and dressed to please: long, confident, citing, printing METRIC lines */
  knownBad: readonly Score[];
  /** known to be well above the baseline, and plain */
  knownGood: readonly Score[];
  /** tasks that nobody can do better than a known ceiling, such as random labels */
  impossible: readonly (Score & { ceiling: number })[];
  /** the baseline, handed in unchanged */
  noOp: readonly Score[];
  /** artifacts, prompts or traces in which a token of the holdout was found */
  leaks: readonly string[];
}

export interface CanaryBreach {
  canary: 'known-bad' | 'known-good' | 'impossible' | 'no-op' | 'leak';
  why: string;
}

/** One check in 16,000 passes four standard errors by chance. */
const DOUBT = 4;

const past = ({ score, se }: Score, limit: number): boolean => !(score <= limit + DOUBT * se);

export interface Canary {
  name: CanaryBreach['canary'];
  /** why it was touched; null: it sings */
  touched: (scores: CanaryScores) => string | null;
}

const say = (condition: boolean, why: string): string | null => (condition ? why : null);

/** Each kind of canary with what its silence means. A score that is no number touches it. */
export const CANARIES: readonly Canary[] = [
  {
    name: 'known-bad',
    touched: ({ knownBad, baseline }) =>
      say(
        knownBad.some((one) => past(one, baseline)),
        'a known-bad artifact beats the baseline: looks are paid for',
      ),
  },
  {
    name: 'known-good',
    touched: ({ knownGood, baseline }) =>
      say(
        !knownGood.every(({ score }) => score > baseline),
        'a known-good artifact does not beat the baseline',
      ),
  },
  {
    name: 'impossible',
    touched: ({ impossible }) =>
      say(
        impossible.some((one) => past(one, one.ceiling)),
        'a score passes what is possible: a leak or tampering',
      ),
  },
  {
    name: 'no-op',
    touched: ({ noOp, baseline }) =>
      say(
        noOp.some(({ score, se }) => past({ score: Math.abs(score - baseline), se }, 0)),
        'the unchanged baseline does not score the baseline',
      ),
  },
  {
    name: 'leak',
    touched: ({ leaks }) => say(leaks.length > 0, `a token of the holdout stands in ${leaks.join(', ')}`),
  },
];

/** The canaries that were touched; none means that the evaluator may be believed so far. */
export const canaryBreaches = (scores: CanaryScores): CanaryBreach[] =>
  CANARIES.flatMap(({ name, touched }) => {
    const why = touched(scores);
    return why === null ? [] : [{ canary: name, why }];
  });
