import type { Edit } from '../../contract/proposal.js';
import { type BaseFile, BaseTree } from './base-tree.js';
import { byteLength, nameFault, shown } from './check-name.js';

/** What a proposal is checked against. */
export interface EditRules {
  /** all files of the base commit below the task's folder */
  files: readonly BaseFile[];
  /** whether an editable glob of the task matches */
  isEditable: (path: string) => boolean;
  /** bytes that one file may have */
  maxFileSize: number;
  /** whether the base's file has exactly this content already */
  isUnchanged: (path: string, content: string) => boolean;
}

export type CheckedEdits =
  /** only those that change something, in the order in which they were given */
  { status: 'ok'; edits: Edit[] } | { status: 'refused' | 'no_change'; reason: string };

export const MAX_EDITS = 64;

const contentFault = (content: string, maxFileSize: number): string | null => {
  if (/\p{Cs}/u.test(content)) return 'gets a content that is not valid text';
  const size = byteLength(content);
  if (size <= maxFileSize) return null;
  return `gets ${String(size)} bytes; a file may have ${String(maxFileSize)} (maxFileSize)`;
};

const editFault = (edit: Edit, tree: BaseTree, rules: EditRules): string | null => {
  const fault = nameFault(edit.path);
  if (fault !== null) return fault;
  if (!rules.isEditable(edit.path)) return 'is not editable in this task';
  if (edit.kind === 'delete' && !tree.has(edit.path)) return 'cannot be deleted: there is no such file';
  const place = tree.fault(edit.path);
  if (place !== null || edit.kind === 'delete') return place;
  return contentFault(edit.content, rules.maxFileSize);
};

const isChange = (edit: Edit, rules: EditRules): boolean =>
  edit.kind === 'delete' || !rules.isUnchanged(edit.path, edit.content);

/**
 * Decides whether a proposal's edits may become a candidate: only regular files, only editable ones, only under
 * names that mean one thing on every system.
 */
export const checkEdits = (edits: readonly Edit[], rules: EditRules): CheckedEdits => {
  if (edits.length > MAX_EDITS) {
    const reason = `changes ${String(edits.length)} files; a proposal may change ${String(MAX_EDITS)}`;
    return { status: 'refused', reason };
  }
  const tree = new BaseTree(rules.files);
  const seen = new Set<string>();
  for (const edit of edits) {
    const fault = seen.has(edit.path) ? 'is edited twice' : editFault(edit, tree, rules);
    if (fault !== null) return { status: 'refused', reason: `${shown(edit.path)} ${fault}` };
    seen.add(edit.path);
    if (edit.kind === 'write') tree.add(edit.path);
  }
  const changes = edits.filter((edit) => isChange(edit, rules));
  if (changes.length > 0) return { status: 'ok', edits: changes };
  return { status: 'no_change', reason: 'the edits leave every file as it is' };
};
