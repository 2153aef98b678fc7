import type { Outcome } from '../../contract/outcome.js';
import type { RecentVerdict } from '../../contract/loop.js';
import { cut } from './display-width.js';
import { paint } from './paint.js';

/** Outcomes that a person can mend once the reason is known; the others' words say enough. */
const MENDABLE: readonly Outcome[] = ['refused', 'guard_failed', 'tampered'];
const INDENT = ' '.repeat(9);

export const needsReason = ({ outcome, reason }: Pick<RecentVerdict, 'outcome' | 'reason'>): boolean =>
  MENDABLE.includes(outcome) && reason !== '';

/** Why, under the line of the experiment. */
export const reasonLine = (
  { reason }: Pick<RecentVerdict, 'reason'>,
  { columns, colour }: { columns: number; colour: boolean },
): string => INDENT + paint(colour)('dim', cut(reason, Math.max(0, columns - INDENT.length)));
