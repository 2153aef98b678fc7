export interface Incumbent {
  /** 0 is the baseline */
  experiment: number;
  /** the measured candidate */
  commit: string;
  /** tip of the branch: the candidate, or the merge that put its tree there */
  branchCommit: string;
  /** mean of the measurements that its standing rests on */
  value: number;
  /** how many they are */
  n: number;
}

export interface Noise {
  /** standard deviation of one run of one artifact, in units of the metric */
  sigma: number;
  /** runs it was estimated from */
  n: number;
  /** set where the pairs of promotion tests set it: n is one more than their degrees of freedom */
  from?: 'pairs';
}
