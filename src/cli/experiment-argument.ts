import { UserError } from '../contract/user-error.js';

/** `7` or `#7`. */
export const experimentNumber = (text: string): number => {
  const digits = /^#?(\d{1,9})$/.exec(text.trim())?.[1];
  if (digits !== undefined) return Number(digits);
  throw new UserError(`"${text}" is not the number of an experiment`, 'EXPERIMENT', 'Write it like 7 or #7.');
};
