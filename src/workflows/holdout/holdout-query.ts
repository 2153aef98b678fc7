import { workflowInfo } from '@temporalio/workflow';
import type { HoldoutAnswer, HoldoutQuery } from '../../contract/steward.js';
import { answerQuery } from './activities.js';

/** One question to a vault. It runs in the steward's namespace and holds the question and the verdict, no number. */
export async function holdoutQuery(query: HoldoutQuery): Promise<HoldoutAnswer> {
  return await answerQuery({ query, at: workflowInfo().startTime.getTime() });
}
