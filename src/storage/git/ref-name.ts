import { UserError } from '../../contract/user-error.js';

const OURS = /^refs\/(?:autolift|heads\/autoresearch)\/.+$/;
const COMPONENT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

const isSafe = (component: string): boolean =>
  COMPONENT.test(component) &&
  !component.includes('..') &&
  !component.endsWith('.') &&
  !component.toLowerCase().endsWith('.lock');

/**
 * Refuses every ref but `refs/autolift/…` and `refs/heads/autoresearch/…`, and among these what git or a file
 * system would read differently; nothing else is ever written.
 */
export const checkRefName = (ref: string): string => {
  const safe = OURS.test(ref) && ref.length <= 240 && ref.split('/').every(isSafe);
  if (safe) return ref;
  throw new UserError(
    `"${ref}" cannot be the name of a git reference`,
    'the name of the task or of the loop',
    'use letters, digits, dashes and underscores, no ".." and no ".lock" or "." at the end',
  );
};
