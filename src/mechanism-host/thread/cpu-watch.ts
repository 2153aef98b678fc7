/** Seconds of CPU, not of a clock: a busy machine must not be the mechanism's fault. */
export interface CpuBounds {
  call: number;
  /** all calls of a step, or of a check, together */
  step: number;
  check: number;
}

/**
 * For work that fuel doesn't count. The library's calls take some hundredths of a second, its checks a few seconds; the fuel of a
 * check is 40 s on a laptop, and 120 s on a machine that is three times slower.
 */
export const CPU_BOUNDS: CpuBounds = { call: 5, step: 30, check: 120 };

export type Overrun = 'call' | 'task';

/** What a thread has done when it is looked at. */
export interface Look {
  /** that have begun */
  calls: number;
  /** seconds since whenever, at the rate of the work */
  cpu: number;
}

/** Watches one task by looks. A call counts from the first look that sees it, so that it is never blamed for the one before. */
export class CpuWatch {
  #taskBegan: number | null = null;
  #callBegan = 0;
  #calls = -1;

  constructor(readonly most: { call: number; task: number }) {}

  overrun({ calls, cpu }: Look): Overrun | null {
    this.#taskBegan ??= cpu;
    if (calls !== this.#calls) [this.#calls, this.#callBegan] = [calls, cpu];
    if (cpu - this.#callBegan > this.most.call) return 'call';
    return cpu - this.#taskBegan > this.most.task ? 'task' : null;
  }
}
