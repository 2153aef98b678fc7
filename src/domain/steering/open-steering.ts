import type { Steering } from '../../contract/steering.js';
import { NO_CALLS } from '../mechanism/mechanism-record.js';

/** The steering of a loop whose mechanism has not been asked yet. */
export const OPEN_STEERING: Steering = {
  state: null,
  observed: null,
  record: NO_CALLS,
  current: null,
  pending: [],
  walk: null,
};
