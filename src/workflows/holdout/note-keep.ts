import type { KeepNote, KeepNoted } from '../../contract/steward.js';
import { appendKeep } from './activities.js';

/** Has the steward write down that a candidate was kept, and on which answers that rests. */
export async function noteKeep(note: KeepNote): Promise<KeepNoted> {
  return await appendKeep(note);
}
