import type { LoopStatus } from '../../contract/loop.js';
import { budgetUse } from '../../domain/loop/budget-use.js';
import { cut, fit } from './display-width.js';
import type { Paint } from './paint.js';

/** A line for each limit: a bar of what is spent, and what is left. */
export function budgetBars(status: LoopStatus, columns: number, ink: Paint): string[] {
  const width = Math.min(30, Math.max(6, columns - 48));
  return budgetUse(status).map(({ name, part, spent, limit, left }) => {
    const full = Math.min(width, Math.round(part * width));
    const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
    const text = cut(`${spent} of ${limit}, ${left} left`, Math.max(0, columns - width - 14));
    return columns < 24
      ? cut(`${name} ${left} left`, columns)
      : `${fit(name, 11)}  ${ink('cyan', bar)} ${text}`;
  });
}
