/** Scores of two classes are never compared: a loop has one. */
export interface ChosenDevice {
  class: string;
  /** why not one that the task prefers; empty for the first */
  why: string;
}
