/** The learning curve of a commit on one class of devices: the mean of its runs. */
export interface KnownCurve {
  commit: string;
  deviceClass: string;
  /** runs that it is the mean of */
  n: number;
  /** loss of each part of the budget; null where none was told */
  curve: (number | null)[];
}
