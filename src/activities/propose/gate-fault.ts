import type { Edit } from '../../contract/proposal.js';
import { MECHANISM_PATH, mechanismFault } from '../gates/mechanism-fault.js';
import type { Session } from './session.js';

/** Why a mechanism among the edits isn't worth a study; null: it is, or there is none. */
export const gateFault = async (
  { deps, request, snapshot }: Session,
  edits: readonly Edit[],
): Promise<string | null> =>
  await mechanismFault(deps, { task: request.task, incumbent: snapshot.texts.get(MECHANISM_PATH) }, edits);
