/** Whether two versions are one scale, with the numbers that say so. */
export interface EpochVerdict {
  /** continue: one scale; new-scale: another one; refuse: the new version is not to be believed */
  decision: 'continue' | 'new-scale' | 'refuse';
  why: string;
  /** of the differences, as a share of the reference set's range on the old scale; null where nothing can be said */
  bridge: { artifacts: number; bias: number | null; se: number | null; tau: number | null };
}

/** What a loop of a later epoch remembers of the one before. */
export interface Epoch extends EpochVerdict {
  number: number;
  /** the loop of the epoch before; its scores are never compared with this one's */
  previous: string;
}
