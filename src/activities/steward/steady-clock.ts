/** Milliseconds since the epoch that never jump: whoever sets the machine's clock moves no deadline and no answer. */
export const steadyNow = (): number => performance.timeOrigin + performance.now();
