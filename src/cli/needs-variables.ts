import { WorkflowNotFoundError } from '@temporalio/common';
import { isAblation } from '../domain/research/child-names.js';
import { loopAsksModels } from './asks-models.js';
import type { Engine } from './engine.js';

/** Whether anything of a loop or an ablation uses keys or addresses of models; one whose task isn't known may. */
export const needsVariables = async (
  { client, ledger }: Pick<Engine, 'client' | 'ledger'>,
  id: string,
): Promise<boolean> => {
  if (isAblation(id)) {
    const described = await client.workflow
      .getHandle(id)
      .describe()
      .catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      });
    return described !== null && described.memo?.['models'] !== false;
  }
  const input = (await ledger.record(id))?.loop.input;
  return input !== undefined && loopAsksModels(input);
};
