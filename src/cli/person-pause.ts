/** The reason that `autolift pause` sends; the loop's own pauses never start like this. */
export const pausedByPerson = (reason: string | undefined): string =>
  reason === undefined ? 'by a person' : `by a person: ${reason}`;

/** Otherwise the loop paused itself, because going on would only fail again. */
export const isPersonsPause = (note: string): boolean => /^(paused )?by a person/.test(note);
