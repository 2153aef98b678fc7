import { Worker } from 'node:worker_threads';
import type { HostAnswer, HostTask, ThreadData } from './task.js';

/** How a thread ended without an answer: killed, since a call went on without being counted; or by itself. */
export class ThreadLost extends Error {
  constructor(readonly hung: boolean) {
    super(hung ? 'a call of the mechanism did not end' : 'the thread of the mechanism died');
  }
}

const LOOK_EVERY_MS = 1000;

/** A thread grows on demand and is gone when it was lost; recursion in the engine needs more of a stack than Node gives. */
const LIMITS = { maxOldGenerationSizeMb: 512, stackSizeMb: 16 };

/**
 * Mechanisms run here and not in the worker's own event loop, which has heartbeats to send. Fuel ends nearly everything; what the
 * engine doesn't count (a sort of a million texts) is ended by silence: a thread that begins no call for `patience` ms
 * is killed, and the next task gets another.
 */
export class HostThread {
  readonly #beats = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly entry: URL,
    readonly patience = 20_000,
  ) {}

  /** One at a time, in the order of asking. Rejects with `ThreadLost`, or for a mistake of autolift's own. */
  ask(task: HostTask): Promise<Exclude<HostAnswer, { kind: 'bug' }>> {
    const asked = this.#last.then(() => this.#give(task));
    this.#last = asked.catch(() => undefined);
    return asked;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #open(): Worker {
    const workerData: ThreadData = { beats: this.#beats.buffer };
    return new Worker(this.entry, { workerData, resourceLimits: LIMITS, env: {}, execArgv: [] });
  }

  #give(task: HostTask): Promise<Exclude<HostAnswer, { kind: 'bug' }>> {
    const worker = (this.#worker ??= this.#open());
    worker.ref();
    const watch = this.#watch(worker);
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearInterval(watch.timer);
        worker.off('message', answered).off('error', lost).off('exit', lost);
        worker.unref();
      };
      const answered = (answer: HostAnswer): void => {
        end();
        if (answer.kind === 'bug') reject(new Error(answer.stack));
        else resolve(answer);
      };
      const lost = (): void => {
        end();
        // an error comes before its exit, to which nobody else listens
        worker.on('error', () => undefined);
        this.#worker = null;
        reject(new ThreadLost(watch.hung()));
      };
      worker.on('message', answered).on('error', lost).on('exit', lost);
      worker.postMessage(task, []);
    });
  }

  #watch(worker: Worker): { timer: NodeJS.Timeout; hung: () => boolean } {
    let [seen, since, hung] = [Atomics.load(this.#beats, 0), Date.now(), false];
    const timer = setInterval(() => {
      const now = Atomics.load(this.#beats, 0);
      if (now !== seen) [seen, since] = [now, Date.now()];
      if (Date.now() - since < this.patience) return;
      hung = true;
      void worker.terminate();
    }, LOOK_EVERY_MS);
    return { timer, hung: () => hung };
  }
}
