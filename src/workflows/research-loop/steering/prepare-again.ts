import { NO_USAGE, type Ready } from '../../../contract/proposal.js';
import type { Guidance } from '../../../contract/steering.js';
import { compliance } from '../../../domain/mechanism/compliance.js';
import { candidateKey } from '../../../domain/mechanism/move-key.js';

/** A known trial in the place of a proposal: its files are there already, and nobody is asked. */
export const prepareAgain = (
  { directive, mechanism, again, fidelity }: Guidance,
  experiment: number,
): Ready => {
  if (again === undefined || directive === null) throw new RangeError('no trial is to be measured again');
  const { id, commit, tree, base, parent, judged } = again;
  const moves = judged ? again.moves : [];
  const trial = {
    id: experiment,
    parentId: parent,
    moves,
    key: candidateKey(moves),
    config: null,
    operator: 'mechanism',
    scores: null,
    dy: null,
    status: 'dup',
    fidelity: fidelity ?? 1,
    cost: 0,
    reason: 'again',
  } as const;
  const { replicate, fidelity: share } = directive;
  // the other parts of a directive speak of proposals
  const asked = {
    why: '',
    ...(replicate === undefined ? {} : { replicate }),
    ...(share === undefined ? {} : { fidelity: share }),
  };
  return {
    experiment,
    proposer: 'mechanism',
    idea: `#${String(id)} again: ${again.idea}`,
    usage: NO_USAGE,
    status: 'ready',
    commit,
    tree,
    base,
    baseKind: 'current',
    steering: {
      directive,
      mechanism,
      parent,
      ...(fidelity === undefined ? {} : { fidelity }),
      again,
      moves,
      settings: again.settings,
      compliance: compliance(asked, trial, { space: [], incumbent: { id: parent ?? -1 } }),
    },
  };
};
