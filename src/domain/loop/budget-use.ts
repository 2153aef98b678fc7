import type { LoopStatus } from '../../contract/loop.js';
import { formatCount, formatDollars, formatDuration } from '../format.js';

export interface BudgetUse {
  name: 'experiments' | 'wall clock' | 'device time' | 'dollars' | 'tokens';
  /** part that is spent, 0 to 1 */
  part: number;
  spent: string;
  limit: string;
  left: string;
}

/** What is spent and left of each limit that the loop has; the tightest one first. */
export function budgetUse(status: Pick<LoopStatus, 'budget' | 'spent' | 'elapsedSeconds'>): BudgetUse[] {
  const { budget, spent, elapsedSeconds } = status;
  const deviceSeconds = budget.deviceHours === undefined ? undefined : budget.deviceHours * 3600;
  const uses = [
    use('experiments', formatCount, [spent.experiments, budget.experiments]),
    use('wall clock', formatDuration, [elapsedSeconds, budget.wallClock]),
    use('device time', formatDuration, [spent.deviceSeconds, deviceSeconds]),
    use('dollars', formatDollars, [spent.dollars, budget.dollars]),
    use('tokens', formatCount, [spent.tokens, budget.tokens]),
  ];
  return uses.flatMap((each) => each ?? []).sort((a, b) => b.part - a.part);
}

function use(
  name: BudgetUse['name'],
  format: (amount: number) => string,
  [spent, limit]: [number, number | undefined],
): BudgetUse | null {
  if (limit === undefined) return null;
  return {
    name,
    part: limit > 0 ? Math.min(1, Math.max(0, spent / limit)) : 1,
    spent: format(spent),
    limit: format(limit),
    left: format(Math.max(0, limit - spent)),
  };
}
