/** A pair as it was measured, in units of the metric; null: that run failed. Kept with the verdict, to decide it again. */
export interface MeasuredPair {
  stage: 'test' | 'prune';
  /** place on the branch of the change that the left arm lacks; null in the test */
  without: number | null;
  seed: number;
  left: number | null;
  right: number | null;
}
