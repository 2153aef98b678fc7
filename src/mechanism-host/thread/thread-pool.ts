import type { CpuBounds } from './cpu-watch.js';
import { type Done, HostThread } from './host-thread.js';
import type { HostTask } from './task.js';

/** A few threads, so that nobody waits for one slow mechanism of somebody else; who finds none free is next in turn. */
export class ThreadPool {
  readonly #threads: readonly HostThread[];
  readonly #free: HostThread[];
  readonly #turns: ((thread: HostThread) => void)[] = [];

  constructor(entry: URL, size: number, bounds: CpuBounds) {
    this.#threads = Array.from({ length: size }, () => new HostThread(entry, bounds));
    this.#free = [...this.#threads];
  }

  /** Rejects as a thread does; what is aborted while it waits has had none. */
  async ask(task: HostTask, signal?: AbortSignal): Promise<Done> {
    const thread = this.#free.pop() ?? (await this.#turn(signal));
    try {
      return await thread.ask(task, signal);
    } finally {
      const next = this.#turns.shift();
      if (next === undefined) this.#free.push(thread);
      else next(thread);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(async (thread) => thread.close()));
  }

  #turn(signal?: AbortSignal): Promise<HostThread> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const left = (): void => {
        this.#turns.splice(this.#turns.indexOf(turn), 1);
        reject(signal?.reason as Error);
      };
      const turn = (thread: HostThread): void => {
        signal?.removeEventListener('abort', left);
        resolve(thread);
      };
      signal?.addEventListener('abort', left, { once: true });
      this.#turns.push(turn);
    });
  }
}
