export interface LadderState {
  /** best score that was reported; null before the first */
  best: number | null;
}

export interface LadderAnswer {
  /** what may be shown: the best reported score, rounded to the step */
  reported: number;
  state: LadderState;
}

/** Blum and Hardt's Ladder: a score is reported, rounded to eta, only if it beats the last one reported by eta. */
export const ladder = (state: LadderState, score: number, eta: number): LadderAnswer => {
  if (state.best !== null && score <= state.best + eta) return { reported: state.best, state };
  const reported = Math.round(score / eta) * eta;
  return { reported, state: { best: reported } };
};

/** The step of the theory, (ln(k n) / n)^(1/3): at practical sizes nothing is ever reported with it. */
export const theoreticalStep = (n: number, queries: number): number => (Math.log(queries * n) / n) ** (1 / 3);
