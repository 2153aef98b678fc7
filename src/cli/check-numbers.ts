import { UserError } from '../contract/user-error.js';

/** What is a score, a seed, or the noise of one; null where a run failed. */
const NUMBERS = ['value', 'left', 'right', 'sigma', 'seed', 'index', 'n', 'seconds'];

const isNumber = (value: unknown): boolean =>
  value === null || (typeof value === 'number' && Number.isFinite(value));

/** The first place with something else in it, and what that is. */
const firstWrong = (value: unknown, at: string): { at: string; found: unknown } | null => {
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
    const named = NUMBERS.includes(key) && typeof inner !== 'object' && typeof inner !== 'undefined';
    if (named && !isNumber(inner)) return { at: place, found: inner };
    const wrong = firstWrong(inner, place);
    if (wrong !== null) return wrong;
  }
  return null;
};

/** A file that was damaged or written by hand: told with its place, before anything is reckoned with it. */
export const checkNumbers = (
  value: unknown,
  { file, at, fix }: { file: string; at: string; fix: string },
): void => {
  const wrong = firstWrong(value, at);
  if (wrong === null) return;
  const found = typeof wrong.found === 'number' ? String(wrong.found) : JSON.stringify(wrong.found);
  throw new UserError(`${wrong.at} is ${found}, not a finite number`, file, fix);
};
