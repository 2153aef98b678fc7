import { UserError } from './user-error.js';

/** Several mistakes as one message; null: there is none. */
export const allMistakes = (mistakes: readonly UserError[], where: string): UserError | null => {
  const [only] = mistakes;
  if (mistakes.length <= 1) return only ?? null;
  const listed = mistakes.map((one) => `\n  - ${one.message.replaceAll('\n', '\n  ')}`);
  return new UserError(`${String(mistakes.length)} mistakes${listed.join('')}`, where, 'Mend them all.');
};

/** What came of it, or what its user has to mend; anything but a user's mistake is thrown on. */
export const attempted = async <T>(work: Promise<T>): Promise<{ value: T | null; mistakes: UserError[] }> => {
  try {
    return { value: await work, mistakes: [] };
  } catch (error) {
    if (error instanceof UserError) return { value: null, mistakes: [error] };
    throw error;
  }
};
