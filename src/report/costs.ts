import type { LoopRecord } from '../contract/ledger.js';

export interface Costs {
  deviceSeconds: number;
  runs: number;
  dollars: number;
  modelCalls: number;
  /** calls that gave nothing that could be used */
  failedCalls: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  /** from the first event to the last row */
  wallSeconds: number;
}

export function loopCosts(record: LoopRecord): Costs {
  const runs = record.experiments.flatMap(({ measurements }) => measurements);
  return {
    deviceSeconds: total(runs, ({ deviceSeconds }) => deviceSeconds),
    runs: runs.length,
    ...modelCosts(record),
    wallSeconds: wallSeconds(record),
  };
}

/** From the calls themselves, failed ones too; from the rows' sums where no call was recorded. */
function modelCosts({ modelCalls, experiments }: LoopRecord) {
  const calls =
    modelCalls.length > 0
      ? modelCalls.map((call) => ({ ...call, calls: 1 }))
      : experiments.map(({ usage }) => usage);
  return {
    modelCalls: total(calls, ({ calls: count }) => count),
    failedCalls: modelCalls.filter(({ status }) => status !== 'ok').length,
    dollars: total(calls, ({ dollars }) => dollars),
    inputTokens: total(calls, ({ inputTokens }) => inputTokens),
    cachedTokens: total(calls, ({ cachedTokens }) => cachedTokens),
    outputTokens: total(calls, ({ outputTokens }) => outputTokens),
  };
}

function wallSeconds({ loop, experiments, events }: LoopRecord): number {
  const last = [...experiments.map(({ settledAt }) => settledAt), ...events.map(({ at }) => at)].reduce(
    (a, b) => Math.max(a, b),
    loop.openedAt,
  );
  return (last - loop.openedAt) / 1000;
}

const total = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);
