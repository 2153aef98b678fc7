import type { Walls } from './deps.js';
import type { Mount } from './walls.js';

export interface CellRun {
  command: string;
  mounts: readonly Mount[];
  /** target of the mount that it starts in */
  cwd: string;
  variables: Readonly<Record<string, string>>;
  timeoutMs: number;
  memory: number;
}

export interface Cell {
  walls: Walls;
  /** the steward's own: where programs are found, and never passed on */
  path: string;
  hidden: string;
  read: readonly string[];
}
