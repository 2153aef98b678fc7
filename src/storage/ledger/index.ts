export type { Batch } from './append.js';
export type { SettledExperiment } from './settled-experiment.js';
export type { HistoryEntry, HistoryOptions } from './history.js';
export { type Ledger, openLedger } from './ledger.js';
export type { LoopSummary } from './list-loops.js';
export type { Memory, Wiped } from './memory/memory.js';
export type { Migrated } from './migrate.js';
