import type { ExperimentRow } from '../../../src/contract/ledger.js';

/** One attempt of a run that got a device. */
export interface Lease {
  loop: string;
  key: string;
  class: string;
  device: string;
  attempt: number;
  /** the attempt went into the queue, and had its device */
  queuedAt: number;
  from: number;
  to: number;
  /** taken: its result counts; killed: by its host's end; unheard: its host was cut off, and somebody else does it */
  end: 'taken' | 'killed' | 'unheard';
}

/** A device from when it can be had until it can't. */
export interface Up {
  class: string;
  device: string;
  from: number;
  to: number;
}

/** An attempt that was lost with its host, and the next one. */
export interface Loss {
  key: string;
  class: string;
  lostAt: number;
  /** when the server gave it to the queue again, and when a device had it */
  queuedAt: number | null;
  begunAt: number | null;
}

type Row = Pick<ExperimentRow, 'experiment' | 'outcome' | 'baseKind' | 'proposedAt' | 'settledAt'>;

/** What happened, in the order in which it ended. */
export class FleetRecord {
  readonly leases: Lease[] = [];
  readonly ups: Up[] = [];
  readonly losses: Loss[] = [];
  /** rows that the ledger was given, by loop */
  readonly rows = new Map<string, Row[]>();
  /** when a loop had its baseline, and when it began nothing more */
  readonly opened = new Map<string, number>();
  readonly closed = new Map<string, number>();

  row(loop: string, { experiment, outcome, baseKind, proposedAt, settledAt }: ExperimentRow): void {
    const rows = this.rows.get(loop) ?? [];
    this.rows.set(loop, rows);
    rows.push({ experiment, outcome, baseKind, proposedAt, settledAt });
  }
}
