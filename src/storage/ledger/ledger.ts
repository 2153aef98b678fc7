import type { EpochRow } from '../../contract/epoch.js';
import type { LoopRecord, LoopRow, ModelCallRow } from '../../contract/ledger.js';
import type { Spent } from '../../contract/loop.js';
import type { TransferRow } from '../../contract/transfer.js';
import { append, type Batch } from './append.js';
import { type Anchor, anchors } from './anchors.js';
import type { SettledExperiment } from './settled-experiment.js';
import { readEpochs, recordEpoch } from './epochs.js';
import { experimentsSince } from './experiments-since.js';
import { findByTree } from './find-by-tree.js';
import { findModelCall } from './find-model-call.js';
import { createHistory, type HistoryEntry, type HistoryOptions } from './history.js';
import { listLoops, type LoopSummary } from './list-loops.js';
import { createMemory, type Memory } from './memory/memory.js';
import { migrate, type Migrated } from './migrate.js';
import { openLoop } from './open-loop.js';
import { openPool } from './pool.js';
import { readRecord } from './read-record.js';
import { recordModelCall } from './record-model-call.js';
import { spent } from './spent.js';
import { standingRows, type StandingRows } from './standing-rows.js';
import { recordTransfer } from './transfers.js';

/** The append-only record in PostgreSQL. Everything that writes may be repeated and then changes nothing. */
export interface Ledger {
  migrate(): Promise<Migrated>;
  close(): Promise<void>;
  openLoop(row: LoopRow): Promise<void>;
  append(batch: Batch): Promise<void>;
  recordModelCall(row: ModelCallRow): Promise<void>;
  findModelCall(key: string): Promise<ModelCallRow | null>;
  findByTree(loop: string, trees: readonly string[]): Promise<Map<string, number>>;
  history(loop: string, options: HistoryOptions): Promise<HistoryEntry[]>;
  experimentsSince(loop: string, position: number): Promise<SettledExperiment[]>;
  loops(): Promise<LoopSummary[]>;
  /** what the scores are read from that each loop believes */
  standingRows(): Promise<StandingRows[]>;
  record(loop: string): Promise<LoopRecord | null>;
  anchors(loop: string | null): Promise<Anchor[]>;
  spent(loop: string): Promise<Spent>;
  recordEpoch(row: EpochRow): Promise<void>;
  epochs(loop: string): Promise<EpochRow[]>;
  /** runs on other device classes; a loop's record has them */
  recordTransfer(rows: readonly TransferRow[]): Promise<void>;
  /** what loops have learnt; the only part of the ledger that can be wiped */
  memory: Memory;
}

/**
 * Connects to the ledger; a UserError says why it can't. Later failures are PostgreSQL's own errors: the server may
 * be restarted meanwhile, and a retry succeeds.
 */
export const openLedger = async (url: string): Promise<Ledger> => {
  const pool = await openPool(url);
  const history = createHistory(pool);
  return {
    migrate: async () => await migrate(pool),
    close: async () => {
      await pool.end();
    },
    openLoop: async (row) => {
      await openLoop(pool, row);
    },
    append: async (batch) => {
      await append(pool, batch);
    },
    recordModelCall: async (row) => {
      await recordModelCall(pool, row);
    },
    findModelCall: async (key) => await findModelCall(pool, key),
    findByTree: async (loop, trees) => await findByTree(pool, loop, trees),
    history,
    experimentsSince: async (loop, position) => await experimentsSince(pool, loop, position),
    loops: async () => await listLoops(pool),
    standingRows: async () => await standingRows(pool),
    record: async (loop) => await readRecord(pool, loop),
    anchors: async (loop) => await anchors(pool, loop),
    spent: async (loop) => await spent(pool, loop),
    recordEpoch: async (row) => {
      await recordEpoch(pool, row);
    },
    epochs: async (loop) => await readEpochs(pool, loop),
    recordTransfer: async (rows) => {
      await recordTransfer(pool, rows);
    },
    memory: createMemory(pool),
  };
};
