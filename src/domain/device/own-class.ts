import type { LoopRecord } from '../../contract/ledger.js';
import { classOf } from './preferences.js';
import { classesIn } from './row-classes.js';

/** The class that a loop ran on: of its baseline's runs, else the first that its task prefers. */
export const ownClass = ({ loop, experiments }: Pick<LoopRecord, 'loop' | 'experiments'>): string =>
  classesIn(experiments)[0] ?? classOf(loop.input.task);
