/** One attempt as a worker holds it: once the server has given it up, nothing that it reports is taken. */
export interface Attempt {
  readonly number: number;
  complete(result: unknown): boolean;
  fail(message: string, type: string, nonRetryable?: boolean): boolean;
  /** the worker is not heard of any more since its last heartbeat */
  vanish(lastHeartbeat: number): void;
  onCancel: (() => void) | null;
}
