import { Worker } from 'node:worker_threads';
import { cpuSeconds } from './cpu-time.js';
import { type CpuBounds, CpuWatch, type Overrun } from './cpu-watch.js';
import { CALLS, type HostAnswer, type HostTask, SLOTS, type ThreadData } from './task.js';
import { ThreadLost } from './thread-lost.js';

const LOOK_EVERY_MS = 250;
const IDLE_MS = 5 * 60_000;

/** A thread grows on demand and is gone when it was lost; recursion in the engine needs more of a stack than Node gives. */
const LIMITS = { maxOldGenerationSizeMb: 512, stackSizeMb: 16 };

export type Done = Exclude<HostAnswer, { kind: 'bug' }>;

interface Running {
  worker: Worker;
  slots: Int32Array;
}

/**
 * Mechanisms run here and not in the worker's own event loop, which has heartbeats to send. Fuel ends nearly everything; what the
 * engine doesn't count (a sort of a million texts) is ended by its CPU time, from outside. A thread begins with a task,
 * is ended with one that can't be waited for any more, and when it had nothing to do for five minutes.
 */
export class HostThread {
  #running: Running | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(
    readonly entry: URL,
    readonly bounds: CpuBounds,
  ) {}

  /**
   * One task at a time, which is the pool's business. Rejects with `ThreadLost`, with the signal's reason once the thread is
   * gone, or for a mistake of autolift's own.
   */
  async ask(task: HostTask, signal?: AbortSignal): Promise<Done> {
    signal?.throwIfAborted();
    clearTimeout(this.#idle);
    const running = (this.#running ??= this.#open());
    running.worker.ref();
    try {
      return await this.#answered(running, task, signal);
    } finally {
      running.worker.unref();
      this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const { worker } = this.#running ?? {};
    this.#running = null;
    await worker?.terminate();
  }

  #open(): Running {
    const slots = new SharedArrayBuffer(4 * Object.keys(SLOTS).length);
    const workerData: ThreadData = { slots };
    const worker = new Worker(this.entry, { workerData, resourceLimits: LIMITS, env: {}, execArgv: [] });
    // an error comes before its exit, when nobody else may listen any more
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#running?.worker === worker) this.#running = null;
    });
    return { worker, slots: new Int32Array(slots) };
  }

  #answered({ worker, slots }: Running, task: HostTask, signal?: AbortSignal): Promise<Done> {
    const calls = Atomics.load(slots, SLOTS.calls);
    const seconds = { call: this.bounds.call, task: this.bounds[task.kind] };
    return new Promise((resolve, reject) => {
      let condemned: Error | null = null;
      const lossBy = (over: Overrun | null): ThreadLost =>
        new ThreadLost({
          over,
          seconds: over === null ? 0 : seconds[over],
          calls: Atomics.load(slots, SLOTS.calls) - calls,
          during: CALLS[Atomics.load(slots, SLOTS.during)] ?? 'load',
        });
      const condemn = (reason: Error): void => {
        condemned ??= reason;
        this.#running = null;
        void worker.terminate();
      };
      const timer = watchOver(slots, new CpuWatch(seconds), (over) => {
        condemn(lossBy(over));
      });
      const aborted = (): void => {
        condemn(signal?.reason as Error);
      };
      const end = (): void => {
        clearInterval(timer);
        signal?.removeEventListener('abort', aborted);
        worker.off('message', heard).off('error', lost).off('exit', lost);
      };
      const heard = (answer: HostAnswer): void => {
        if (condemned !== null) return;
        end();
        if (answer.kind === 'bug') reject(new Error(answer.stack));
        else resolve(answer);
      };
      const lost = (): void => {
        end();
        this.#running = null;
        reject(condemned ?? lossBy(null));
      };
      signal?.addEventListener('abort', aborted);
      worker.on('message', heard).on('error', lost).on('exit', lost);
      worker.postMessage(task, []);
    });
  }
}

const watchOver = (slots: Int32Array, watch: CpuWatch, tell: (over: Overrun) => void): NodeJS.Timeout =>
  setInterval(() => {
    const thread = Atomics.load(slots, SLOTS.thread);
    const cpu = thread === 0 ? null : cpuSeconds(thread);
    const over = cpu === null ? null : watch.overrun({ calls: Atomics.load(slots, SLOTS.calls), cpu });
    if (over !== null) tell(over);
  }, LOOK_EVERY_MS);
