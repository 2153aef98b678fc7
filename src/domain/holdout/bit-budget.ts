/** Answers that a question can have beside `undecided`: pays, flat, harmful, invalid. */
export const PASS_ANSWERS = 4;

export interface BitBudget {
  /** B: questions in all */
  queries: number;
  /** p: answers other than `undecided` in all */
  passes: number;
  /** different answers that a pass can have; 1: a plain bit */
  answers: number;
}

/** ln of (e B (q-1) / p)^p, which no smaller number of transcripts can pass: at least ln sum_{i<=p} C(B, i) (q-1)^i. */
const logTranscripts = ({ queries, passes, answers }: BitBudget): number =>
  passes === 0 ? 0 : passes * (1 + Math.log(queries / passes) + Math.log(answers));

/** The same sum as it is, for tests and for small budgets. */
export const logTranscriptsExactly = ({ queries, passes, answers }: BitBudget): number => {
  let log = 0;
  let term = 0;
  for (let i = 1; i <= Math.min(passes, queries); i++) {
    term += Math.log((queries - i + 1) / i) + Math.log(answers);
    log = term + Math.log1p(Math.exp(log - term));
  }
  return log;
};

/**
 * What |holdout - truth| stays below with probability 1 - delta, for a score in [0, 1] over n instances, however the
 * questions were chosen: a system that can have received few transcripts can have fitted little (Dwork et al.).
 */
export const descriptionLengthBound = (budget: BitBudget, n: number, delta: number): number =>
  Math.sqrt((logTranscripts(budget) + Math.log(1 / delta)) / (2 * n));

/** Bits that all answers together can release. */
export const bitsOf = (budget: BitBudget): number => logTranscripts(budget) / Math.LN2;
