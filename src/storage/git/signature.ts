/** Fixed author and given time: the same candidate, committed again, is the same commit. */
export const signature = (seconds: number): string => {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw new TypeError(`a commit's time is whole seconds since the epoch, not ${String(seconds)}`);
  }
  return `autolift <autolift@localhost> ${String(seconds)} +0000`;
};

/** A commit message that git takes as it is: no NUL, never empty, ends with one line break. */
export const commitMessage = (text: string): string => {
  const clean = text.replaceAll('\0', '').trim();
  return `${clean === '' ? 'candidate' : clean}\n`;
};
