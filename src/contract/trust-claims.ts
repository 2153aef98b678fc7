/** Told once by a loop whose unchanged artifact prints the metric in its own way; its forks look for it. */
export const TRUSTS_CLAIMS =
  'the artifact itself prints the metric: such lines are ignored, not taken for tampering';
