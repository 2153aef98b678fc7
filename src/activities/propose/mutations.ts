import { type Edit, NO_USAGE, type Prepared, type Proposal } from '../../contract/proposal.js';
import type { Proposer } from '../../contract/task-schema.js';
import type { Literal } from '../../domain/proposers/mutate/literal.js';
import { mutate } from '../../domain/proposers/mutate/mutate.js';
import { scan } from '../../domain/proposers/mutate/scan.js';
import { random } from '../../domain/random.js';
import { blobId } from '../../storage/git/index.js';
import { checkProposal } from './check-draft.js';
import { gateFault } from './gate-fault.js';
import { type CheckedDraft, commitDrafts } from './commit-drafts.js';
import { rejected, type Rejection } from './draft.js';
import type { InformedSession, Session } from './session.js';
import { drawSteered } from './steered/draw-steered.js';
import { boundsFault } from './steered/steering-fault.js';

type Mutate = Extract<Proposer, { kind: 'mutate' }>;

/** How often an experiment is drawn again when its draw was tried before. */
const REDRAWS = 20;
const KEPT_SCANS = 256;
const KEPT_DRAWS = 4096;

interface Pending {
  experiment: number;
  proposer: Mutate;
  draws: number;
}

export type ProposeMutations = (
  session: InformedSession,
  wanted: readonly { experiment: number; proposer: Mutate }[],
) => Promise<Prepared[]>;

const forgetOldest = (map: Map<string, unknown>, most: number): void => {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
};

/** Scans of files by their content's id; the incumbent's files are scanned once. */
const rememberScans = () => {
  const kept = new Map<string, Literal[]>();
  return ({ snapshot }: Session): Literal[] =>
    [...snapshot.texts].flatMap(([path, text]) => {
      const key = `${snapshot.oids.get(path) ?? ''} ${path}`;
      const found = kept.get(key) ?? scan(path, text);
      kept.set(key, found);
      forgetOldest(kept, KEPT_SCANS);
      return found;
    });
};

const keyOf = ({ request }: Session, edits: readonly Edit[]): string =>
  JSON.stringify([
    request.loop,
    request.base,
    ...edits.map((edit) => [edit.path, edit.kind === 'write' ? blobId(edit.content) : null]),
  ]);

/** The edits that may be committed: legal ones within what the method allows. */
const checkWithin = (session: Session, proposal: Proposal): { edits: Edit[] } | Rejection => {
  const checked = checkProposal(proposal, session.snapshot, session.request.task);
  if ('status' in checked) return checked;
  const reason = boundsFault(session, checked.edits);
  return reason === null ? checked : { idea: proposal.idea, status: 'refused', reason };
};

/** Drafts that may be committed, and the rows of those whose mechanism a gate refuses: they aren't drawn again. */
const throughGates = async (
  session: Session,
  drafts: readonly CheckedDraft[],
): Promise<[CheckedDraft[], Prepared[]]> => {
  const fit: CheckedDraft[] = [];
  const refused: Prepared[] = [];
  for (const draft of drafts) {
    const reason = await gateFault(session, draft.edits);
    if (reason === null) fit.push(draft);
    else refused.push(rejected(draft, { idea: draft.result.idea, status: 'refused', reason }));
  }
  return [fit, refused];
};

/**
 * Draws for all experiments, commits what is new with one process, and draws again for what was tried before. Draws
 * of this process are remembered, so that in a small space most repetitions cost no commit.
 */
export const createMutations = (): ProposeMutations => {
  const literalsOf = rememberScans();
  const drawn = new Map<string, number>();

  const draw = (session: Session, pending: Pending): CheckedDraft | Rejection => {
    const { task, method } = session.request;
    const { experiment, proposer } = pending;
    const input = { files: session.snapshot.texts, literals: literalsOf(session), edits: proposer.edits };
    let last: Rejection | null = null;
    while (pending.draws <= REDRAWS) {
      const nth = pending.draws++;
      const proposal =
        method === undefined
          ? mutate(input, random('mutate', task.seed, experiment, nth))
          : drawSteered(session, proposer.edits, { experiment, draw: nth });
      if (proposal === null) break;
      const checked = checkWithin(session, proposal);
      if ('status' in checked) {
        last = checked;
        continue;
      }
      const key = keyOf(session, checked.edits);
      const twin = drawn.get(key);
      if (twin === undefined || twin === experiment) {
        drawn.set(key, experiment);
        forgetOldest(drawn, KEPT_DRAWS);
        return { experiment, proposer: 'mutate', usage: NO_USAGE, result: proposal, edits: checked.edits };
      }
      const reason = `the same files as in experiment ${String(twin)}`;
      last = { idea: proposal.idea, status: 'duplicate', reason, duplicateOf: twin };
    }
    const nothing = 'the editable files hold no number, boolean or declared choice to change';
    return last ?? { idea: '', status: 'no_change', reason: nothing };
  };

  return async (session, wanted) => {
    const prepared = new Map<number, Prepared>();
    let pending: Pending[] = wanted.map((one) => ({ ...one, draws: 0 }));
    while (pending.length > 0) {
      const drafts: CheckedDraft[] = [];
      for (const one of pending) {
        const draft = draw(session, one);
        if ('edits' in draft) drafts.push(draft);
        else {
          const { experiment } = one;
          const blank = { experiment, proposer: 'mutate', usage: NO_USAGE, result: draft };
          if (!prepared.has(experiment)) prepared.set(experiment, rejected(blank, draft));
        }
      }
      const [fit, refused] = await throughGates(session, drafts);
      for (const result of [...refused, ...(await commitDrafts(session, fit))])
        prepared.set(result.experiment, result);
      pending = pending.filter(({ experiment, draws }) => {
        const status = prepared.get(experiment)?.status;
        return draws <= REDRAWS && (status === 'duplicate' || status === 'no_change');
      });
      if (drafts.length === 0) break;
    }
    return [...prepared.values()];
  };
};
