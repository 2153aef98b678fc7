import type { GateReport } from '../contract/gates.js';
import type { MechanismCheck } from '../contract/mechanism-run.js';
import type { LibraryEntry } from '../mechanism-host/library.js';
import type { MechanismStep, MechanismStepped } from '../contract/mechanism-run.js';
import type { BlobStore } from '../storage/blobs/index.js';
import type { Repository } from '../storage/git/index.js';
import type { Ledger } from '../storage/ledger/index.js';

/** What the control worker's activities need; made once by the worker. */
export interface Deps {
  ledger: Pick<
    Ledger,
    | 'openLoop'
    | 'loops'
    | 'append'
    | 'history'
    | 'findByTree'
    | 'recordModelCall'
    | 'findModelCall'
    | 'record'
    | 'recordEpoch'
    | 'recordTransfer'
  > & { memory: Pick<Ledger['memory'], 'recall'> };
  blobs: Pick<BlobStore, 'put' | 'get'>;
  /** one step of a search mechanism in its sandbox; an abort frees what works for it, and rejects with its reason */
  runMechanism(step: MechanismStep, signal: AbortSignal): Promise<MechanismStepped>;
  /** gates G0 to G7; the same for an abort */
  checkMechanism(check: MechanismCheck, signal: AbortSignal): Promise<GateReport>;
  readLibrary(): Promise<readonly LibraryEntry[]>;
  /** should remember what it opened: it is asked for every experiment */
  openRepository(path: string): Promise<Repository>;
  /** OPENAI_BASE_URL, OPENAI_API_KEY, AUTOLIFT_MODEL, PATH, and whatever an agent program's `env` may name */
  env: Readonly<Record<string, string | undefined>>;
  /** AUTOLIFT_HOME: hidden from agent programs */
  home: string;
  /** interpreter of the samplers of sweeps */
  python: string;
}
