import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { anchorText, type KeepNote } from '../../../contract/steward.js';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';
import { noteKeep } from './activities.js';

/** Has the steward write down what was kept on its word; the loop ends when it has, or when a person cancels it. */
export const tellSteward = async (loop: Loop, note: Omit<KeepNote, 'v' | 'loop'>): Promise<void> => {
  const scope = new CancellationScope({ cancellable: true });
  loop.notes.add(scope);
  const summary = `note that experiment ${String(note.experiment)} was kept`;
  try {
    const { head, supported } = await scope.run(
      async () => await noteKeep.executeWithOptions({ summary }, [{ v: 1, loop: loop.input.loop, ...note }]),
    );
    const about = `${note.kind} of experiment ${String(note.experiment)} noted`;
    loop.event('holdout', `${anchorText(head)}: ${about}${supported ? '' : ', on no answer that it knows'}`);
  } catch (error) {
    if (!isCancellation(error)) loop.event('notice', `the steward took no note: ${failureText(error)}`);
  } finally {
    loop.notes.delete(scope);
    loop.changed = true;
  }
};
