import {
  continueAsNew,
  defineQuery,
  isCancellation,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { AblationInput, AblationProgress, AblationResult } from '../../contract/ablation.js';
import { QUERIES } from '../../contract/names.js';
import { runCells } from './run-cells.js';
import { runSearches } from './run-searches.js';
import { AblationStudy } from './study.js';

/**
 * Compares ways to search: the arms' loops on the same tasks, seeds and budgets, mixed in time. Each loop is a child
 * workflow of its own; what ended is in this one's state and never run again. Cancelled, it gives what it has.
 */
export async function ablation(input: AblationInput): Promise<AblationResult> {
  const study = new AblationStudy(input);
  setHandler(defineQuery<AblationProgress>(QUERIES.ablationProgress), () => study.progress());
  if (input.found.length + input.ended.length === 0)
    upsertSearchAttributes({ Task: [input.id.split('/')[1] ?? ''], Phase: ['ablation'] });
  study.show();
  try {
    await runSearches(study);
    await runCells(study);
  } catch (error) {
    if (isCancellation(error)) return { ...study.progress(), stopped: 'cancelled' };
    throw error;
  }
  if (study.ended.length < study.planned)
    return await continueAsNew<typeof ablation>({ ...input, found: study.found, ended: study.ended });
  return { ...study.progress(), stopped: null };
}
