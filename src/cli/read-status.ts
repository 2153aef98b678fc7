import type { LoopRecord } from '../contract/ledger.js';
import type { LoopStatus } from '../contract/loop.js';
import { QUERIES } from '../contract/names.js';
import type { EpochRow } from '../contract/epoch.js';
import { epochAlarm } from '../report/alarms-of.js';
import { holdoutOf } from '../report/holdout-of.js';
import { summarizeLoop } from '../report/loop-summary.js';
import type { Engine } from './engine.js';
import { controlServed } from './liveness/queue-served.js';

const PATIENCE_MS = 5000;

/** What the loop itself says; throws while no control worker answers, and for loops that the server forgot. */
export const queryStatus = async ({ client }: Pick<Engine, 'client'>, loop: string): Promise<LoopStatus> =>
  client.withDeadline(Date.now() + PATIENCE_MS, async () =>
    client.workflow.getHandle(loop).query<LoopStatus>(QUERIES.status),
  );

/** The same as far as the ledger tells: for loops that ended long ago, and while no worker answers. */
export const statusFromLedger = (record: LoopRecord): LoopStatus => {
  const { input, openedAt } = record.loop;
  const summary = summarizeLoop(record);
  const { experiments, standings, phase, metric, branch, counts, noise, costs, promotion } = summary;
  const { baseline, incumbent } = standings;
  const last = Math.max(openedAt, ...experiments.map(({ settledAt }) => settledAt));
  return {
    loop: input.loop,
    task: input.task.name,
    level: input.level,
    ...(input.epoch === undefined ? {} : { epoch: input.epoch.number }),
    phase: phase.word,
    note: phase.text,
    metric,
    branch,
    incumbent,
    promotion,
    baseline: baseline === null ? null : { value: baseline.value, n: baseline.n },
    holdout: holdoutOf(record)?.status ?? null,
    ...(summary.alarms.length === 0 ? {} : { alarms: summary.alarms }),
    noise,
    spent: {
      experiments: experiments.filter(({ experiment }) => experiment > 0).length,
      deviceSeconds: costs.deviceSeconds,
      dollars: costs.dollars,
      tokens: costs.inputTokens + costs.outputTokens,
    },
    budget: input.task.budget,
    elapsedSeconds: (last - openedAt) / 1000,
    outcomes: Object.fromEntries(counts),
    recent: experiments
      .slice(-10)
      .map(({ experiment, outcome, idea, value, reason }) => ({ experiment, outcome, idea, value, reason })),
    running: [],
    waiting: 0,
    awaitingApproval: [],
    hints: [],
  };
};

export const ledgerStatus = async (
  { ledger }: Pick<Engine, 'ledger'>,
  loop: string,
): Promise<LoopStatus | null> => {
  const record = await ledger.record(loop);
  return record === null ? null : statusFromLedger(record);
};

/** The workflow of a loop knows nothing of an evaluator that was bridged beside it. */
const withEpochs = (status: LoopStatus, epochs: readonly EpochRow[]): LoopStatus => {
  const alarms = epochs.flatMap((row) => epochAlarm({ ...row, at: row.decidedAt }) ?? []);
  if (alarms.length === 0) return status;
  return { ...status, alarms: [...(status.alarms ?? []), ...alarms].toSorted((a, b) => a.at - b.at) };
};

/** What a loop said is worth showing also while the ledger is away. */
const epochsOf = async ({ ledger }: Pick<Engine, 'ledger'>, loop: string): Promise<EpochRow[]> => {
  try {
    return await ledger.epochs(loop);
  } catch {
    return [];
  }
};

/** The loop's own answer, else the ledger's; null if neither knows it. */
export const readStatus = async (engine: Engine, loop: string): Promise<LoopStatus | null> => {
  try {
    if (!(await controlServed(engine))) return await ledgerStatus(engine, loop);
    return withEpochs(await queryStatus(engine, loop), await epochsOf(engine, loop));
  } catch {
    return ledgerStatus(engine, loop);
  }
};
