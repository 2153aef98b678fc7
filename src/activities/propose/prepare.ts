import type { Prepared } from '../../contract/proposal.js';
import { gateFault } from './gate-fault.js';
import { checkProposal } from './check-draft.js';
import { commitDrafts } from './commit-drafts.js';
import { type Draft, isRejection, rejected } from './draft.js';
import type { InformedSession } from './session.js';
import { steeringFault } from './steered/steering-fault.js';

/** Checks a draft and commits it. */
export const prepare = async (session: InformedSession, draft: Draft): Promise<Prepared> => {
  const { result } = draft;
  if (isRejection(result)) return rejected(draft, result);
  const checked = checkProposal(result, session.snapshot, session.request.task);
  if ('status' in checked) return rejected(draft, checked);
  const fault = steeringFault(session, checked.edits) ?? (await gateFault(session, checked.edits));
  if (fault !== null) return rejected(draft, { idea: result.idea, status: 'refused', reason: fault });
  const [prepared] = await commitDrafts(session, [{ ...draft, result, edits: checked.edits }]);
  return prepared as Prepared;
};
