import { steadyNow } from './steady-clock.js';

/** What `work` gives, or null if it isn't done at a moment; then it goes on unwatched. */
export const inTime = async <T>(work: Promise<T>, until: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(
      () => {
        resolve(null);
      },
      Math.max(0, until - steadyNow()),
    );
  });
  // what fails after its time has nobody to tell
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
