import type { ProposeRequest } from '../../../contract/activities.js';
import type { Prepared, Usage } from '../../../contract/proposal.js';
import { chooseProposer } from '../../../domain/proposers/choose-proposer.js';
import { proposeFor } from '../activities.js';
import { holdDialogue } from './hold-dialogue.js';

/** The candidates of a request: at once, or after the dialogue that the drawn proposer holds. */
export const askProposer = async (
  request: ProposeRequest,
  summary: string,
  paid: (usage: Usage) => void,
): Promise<Prepared[]> => {
  const propose = (one: ProposeRequest): Promise<Prepared[]> =>
    proposeFor(one.task).executeWithOptions({ summary }, [one]);
  const [experiment, ...more] = request.experiments;
  const directive = request.method?.guidance.directive;
  if (experiment === undefined || more.length > 0 || directive?.move !== undefined)
    return await propose(request);
  const proposer = chooseProposer(request.task, experiment, directive?.operator);
  if (proposer.kind !== 'research') return await propose(request);
  const held = await holdDialogue(request, proposer, paid);
  return 'prepared' in held ? [held.prepared] : await propose({ ...request, written: held });
};
