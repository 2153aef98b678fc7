import type { RunProgress } from './run-schema.js';

/** An experiment on a device, or on its way to one. */
export interface RunningExperiment {
  experiment: number;
  idea: string;
  waitingFor: string;
  /** its last heartbeat; absent where none was heard */
  run?: RunProgress;
}
