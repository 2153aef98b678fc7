import {
  condition,
  defineQuery,
  isCancellation,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { AblationInput, AblationProgress, AblationResult } from '../../contract/ablation.js';
import { QUERIES } from '../../contract/names.js';
import { continueOnNewest } from '../newest-build.js';
import { fixClasses } from './fix-classes.js';
import { listen } from './listen.js';
import { runCells } from './run-cells.js';
import { runSearches } from './run-searches.js';
import { AblationStudy } from './study.js';

/**
 * Compares ways to search: the arms' loops on the same tasks, seeds and budgets, mixed in time. Each loop is a child
 * workflow of its own; what ended is in this one's state and never run again. Stopped or cancelled, it gives what it has.
 */
export async function ablation(input: AblationInput): Promise<AblationResult> {
  const study = new AblationStudy(input);
  setHandler(defineQuery<AblationProgress>(QUERIES.ablationProgress), () => study.progress());
  listen(study);
  if (input.found.length + input.ended.length === 0)
    upsertSearchAttributes({ Task: [input.id.split('/')[1] ?? ''], Phase: ['ablation'] });
  study.show();
  try {
    await study.scope.run(async () => {
      // whoever stops it doesn't wait for a device
      await Promise.race([fixClasses(study), condition(() => study.stopping !== null)]);
      await runSearches(study);
      await runCells(study);
    });
  } catch (error) {
    if (isCancellation(error)) return { ...study.progress(), stopped: study.stopping ?? 'cancelled' };
    throw error;
  }
  if (study.ended.length === study.planned) return { ...study.progress(), stopped: null };
  if (study.stopping !== null) return { ...study.progress(), stopped: study.stopping };
  return await continueOnNewest<typeof ablation>(study.rest());
}
