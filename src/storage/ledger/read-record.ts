import type pg from 'pg';
import type {
  ExperimentRow,
  LoopEventRow,
  LoopRecord,
  LoopRow,
  ModelCallRow,
  OtherEpoch,
} from '../../contract/ledger.js';
import type { RunRecord } from '../../contract/measurement.js';
import { MODEL_CALL_COLUMNS } from './model-call-columns.js';
import { asWritten, EXPERIMENT_COLUMNS } from './settled-experiment.js';
import { readTransfers } from './transfers.js';

const LOOP = `
SELECT loop, input, (extract(epoch FROM opened_at) * 1000)::float8 AS "openedAt" FROM autolift.loops WHERE loop = $1`;

const EXPERIMENTS = `
SELECT ${EXPERIMENT_COLUMNS} FROM autolift.experiments e WHERE loop = $1 ORDER BY position`;

const MEASUREMENTS = `
SELECT experiment, role, index, commit, seed, status, value, origin, device_class AS "deviceClass",
  device_seconds AS "deviceSeconds", detail, metrics, tail, log, evaluator_log AS "evaluatorLog",
  evaluator_hash AS "evaluatorHash", peak_memory_bytes AS "peakMemoryBytes", exit_code AS "exitCode", device,
  sandbox, tampering, notes, started_at AS "startedAt", seconds, course
FROM autolift.measurements WHERE loop = $1 ORDER BY experiment, role, index`;

const CALLS = `
SELECT ${MODEL_CALL_COLUMNS}
FROM autolift.model_calls WHERE loop = $1 ORDER BY called_at, key`;

const EVENTS = `
SELECT loop, seq, kind, text, (extract(epoch FROM at) * 1000)::float8 AS at
FROM autolift.loop_events WHERE loop = $1 ORDER BY seq`;

const OTHER_EPOCHS = `
SELECT epoch, decision, why, bridge, (extract(epoch FROM decided_at) * 1000)::float8 AS at
FROM autolift.epochs WHERE loop = $1 AND decision <> 'continue' ORDER BY decided_at`;

const byExperiment = (rows: readonly (RunRecord & { experiment: number })[]): Map<number, RunRecord[]> => {
  const grouped = new Map<number, RunRecord[]>();
  for (const { experiment, course, ...run } of rows) {
    const runs = grouped.get(experiment) ?? [];
    // of runs that nothing is known of the column is empty
    runs.push(course == null ? run : { ...run, course });
    grouped.set(experiment, runs);
  }
  return grouped;
};

/** Everything known of a loop, experiments in the order of their verdicts; null if it was never opened. */
export const readRecord = async (pool: pg.Pool, loop: string): Promise<LoopRecord | null> => {
  const [loops, experiments, calls, events, epochs, transfers] = await Promise.all([
    pool.query<LoopRow>(LOOP, [loop]),
    pool.query<ExperimentRow>(EXPERIMENTS, [loop]),
    pool.query<ModelCallRow>(CALLS, [loop]),
    pool.query<LoopEventRow>(EVENTS, [loop]),
    pool.query<OtherEpoch>(OTHER_EPOCHS, [loop]),
    readTransfers(pool, loop),
  ]);
  const [row] = loops.rows;
  if (row === undefined) return null;
  // read last: an experiment seen above was written together with its measurements
  const measurements = await pool.query<RunRecord & { experiment: number }>(MEASUREMENTS, [loop]);
  const runs = byExperiment(measurements.rows);
  return {
    loop: row,
    experiments: experiments.rows.map((each) => ({
      ...asWritten(each),
      measurements: runs.get(each.experiment) ?? [],
    })),
    modelCalls: calls.rows,
    ...(epochs.rows.length === 0 ? {} : { otherEpochs: epochs.rows }),
    ...(transfers.length === 0 ? {} : { transfers }),
    events: events.rows,
  };
};
