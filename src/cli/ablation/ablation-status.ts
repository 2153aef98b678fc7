import { WorkflowNotFoundError } from '@temporalio/client';
import type { AblationProgress } from '../../contract/ablation.js';
import { QUERIES } from '../../contract/names.js';
import { UserError } from '../../contract/user-error.js';
import { ablationStatusText } from '../../report/terminal/ablation-status-text.js';
import type { Engine } from '../engine.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { hasEnded } from '../liveness/has-ended.js';
import { missingControl } from '../liveness/missing-worker.js';
import { uiAddress } from '../places.js';
import type { Terminal } from '../terminal.js';
import { Unreachable } from '../unreachable.js';

/** An ablation has no row in the ledger: only its workflow knows how far it is. */
export const ablationStatus = async (
  engine: Engine,
  id: string,
  { json, terminal }: { json: boolean; terminal: Terminal },
): Promise<ExitCode> => {
  const handle = engine.client.workflow.getHandle(id);
  const described = await handle.describe().catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError)
      throw new UserError('there is no such ablation', id, '`autolift ablate` starts one, and tells its id.');
    throw error;
  });
  const missing = await missingControl(engine);
  if (missing !== null) throw new Unreachable(missing.text, id, missing.fix);
  const progress = await handle.query<AblationProgress>(QUERIES.ablationProgress);
  const ui = uiAddress(engine.settings, id);
  const ended = hasEnded(described);
  if (json) terminal.out(JSON.stringify({ id, ended, ...progress, ui }, null, 2));
  else terminal.out(ablationStatusText({ id, ended, ui }, progress));
  return EXIT.ok;
};
