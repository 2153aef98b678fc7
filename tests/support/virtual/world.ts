import type { FleetRecord } from './fleet-record.js';
import type { SimulatedEngine } from './simulated-engine.js';
import type { VirtualTemporal } from './virtual-temporal.js';

/** Whoever a host answers to. */
export interface World {
  temporal: VirtualTemporal;
  engine: SimulatedEngine;
  record: FleetRecord;
  /** runs that a host makes ready beside those that hold a device */
  onDeck: (devices: number) => number;
}
