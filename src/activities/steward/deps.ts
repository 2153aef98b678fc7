import type { Evidence } from '../../domain/holdout/evidence.js';
import type { AuditLog } from '../../storage/audit/index.js';
import type { ObjectReader } from '../../storage/git/index.js';
import type { StewardKeys } from '../../storage/vault/index.js';

/** bwrap: candidates see nothing of the vault; none: only what the operating system forbids is kept from them. */
export type Walls = 'bwrap' | 'none';

/** What the steward's activities need; made once by its worker. */
export interface StewardDeps {
  /** the steward's own folder: vaults, audit log, numbers, keys */
  root: string;
  audit: AuditLog;
  keys: StewardKeys;
  evidence: Evidence;
  /** reads commits of a repository whose configuration is not ours; `folder` is made for it */
  openObjects(path: string, folder: string): Promise<ObjectReader>;
  /** null: there is no sandbox, and nobody allowed to do without */
  walls: Walls | null;
  /** where programs are found */
  path: string;
  /** waits for the moment of an answer, cancelled or not; ends early when the worker does */
  sleep(ms: number): Promise<void>;
  /** writes to the steward's own log; what goes there goes nowhere else */
  log(text: string): void;
}
