import type { Task } from '../../contract/task-schema.js';
import type { Edit, Proposal } from '../../contract/proposal.js';
import { checkEdits } from '../../domain/proposal/check-edits.js';
import { blobId } from '../../storage/git/index.js';
import type { Rejection } from './draft.js';
import type { Snapshot } from './snapshot.js';
import { syntaxFault } from './syntax-fault.js';

/** The edits that may be committed, or why none may. A file that was broken before may stay broken. */
export const checkProposal = (
  { idea, edits }: Proposal,
  snapshot: Snapshot,
  task: Task,
): { edits: Edit[] } | Rejection => {
  const { files, isEditable, texts, oids } = snapshot;
  const checked = checkEdits(edits, {
    files,
    isEditable,
    maxFileSize: task.maxFileSize,
    isUnchanged: (path, content) => texts.get(path) === content || oids.get(path) === blobId(content),
  });
  if (checked.status !== 'ok') return { idea, ...checked };
  for (const edit of checked.edits) {
    if (edit.kind === 'delete') continue;
    const fault = syntaxFault(edit.path, edit.content);
    const before = texts.get(edit.path);
    if (fault === null || (before !== undefined && syntaxFault(edit.path, before) !== null)) continue;
    return { idea, status: 'refused', reason: fault };
  }
  return { edits: checked.edits };
};
