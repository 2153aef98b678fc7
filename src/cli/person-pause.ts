const BY_PERSON = 'paused by a person';

/** The note of a pause that somebody asked for. */
export const pausedByPerson = (reason: string | undefined): string =>
  reason === undefined ? BY_PERSON : `${BY_PERSON}: ${reason}`;

/** Otherwise the loop paused itself, because going on would only fail again. */
export const isPersonsPause = (note: string): boolean => note.startsWith(BY_PERSON);
