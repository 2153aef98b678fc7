import { formatShare } from '../format.js';
import type { FalseKeeps } from './false-keeps.js';

type Counted = Pick<FalseKeeps, 'kept' | 'clones' | 'interval'>;

/** Where the rate lies at 95 %: `3–19 %`. */
const rangeOf = ({ interval: [from, to] }: Counted): string =>
  `${formatShare(from).replace(/ %$/, '')}–${formatShare(to)}`;

/** How often copies were kept, with how sure that is: `4 of 50 copies (3–19 %)`. */
export const keepsInWords = (found: Counted, whom: string): string =>
  `${String(found.kept)} of ${String(found.clones)} ${whom} (${rangeOf(found)})`;

/** The same where it is said of what: `4 of 50, 3–19 %`. */
export const keepsInBrief = (found: Counted): string =>
  `${String(found.kept)} of ${String(found.clones)}, ${rangeOf(found)}`;
