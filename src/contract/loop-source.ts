/** Name in a source's environment of something that `run.read` lists. */
export const dataName = (read: string): string => `data ${read}`;

/** Where a loop's artifact lives: fixed when the loop is opened. */
export interface LoopSource {
  /** absolute path of the repository (its common git directory) */
  repository: string;
  /** what a device worker fetches from: the same path on one host, else a URL */
  remote: string;
  /** folder of the task inside the repository, "" for the root */
  prefix: string;
  /** the user's working folder of the task, null if there is none on this host */
  taskFolder: string | null;
  /** name of the task's file in its folder; absent: task.yaml */
  taskFile?: string;
  /** commit that the baseline measures and the evaluator is taken from */
  baseCommit: string;
  /** commit of the evaluator's files: the base's, also for a fork */
  evaluatorCommit: string;
  /** SHA-256 over evaluator command and protected files; null without an evaluator */
  evaluatorHash: string | null;
  /** hashes of what the evaluator rests on beside its folder, by name; absent from older loops */
  environment?: Record<string, string>;
}
