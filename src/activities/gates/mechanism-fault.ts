import type { Edit } from '../../contract/proposal.js';
import type { Task } from '../../contract/task-schema.js';
import { METHOD_FOLDER } from '../../contract/method.js';
import { askGates } from './ask-gates.js';
import { findingWords } from './finding-words.js';
import type { Deps } from '../deps.js';

/** Where the mechanism of an outer loop's artifact lies, from the task's folder. */
export const MECHANISM_PATH = `${METHOD_FOLDER}/process/mechanism.js`;

interface Before {
  task: Pick<Task, 'level' | 'research'>;
  /** mechanism that the edits replace; undefined: none */
  incumbent: string | undefined;
}

/** The mechanism that edits bring into an outer loop's artifact; null: it stays, or goes. */
export const mechanismWritten = ({ task, incumbent }: Before, edits: readonly Edit[]): string | null => {
  if (task.level !== 'R4' && task.research === undefined) return null;
  const edit = edits.findLast(({ path }) => path === MECHANISM_PATH);
  if (edit?.kind !== 'write' || edit.content.trim() === '') return null;
  return edit.content === incumbent ? null : edit.content;
};

/**
 * Why a candidate's mechanism isn't worth a study, whoever wrote it: the gate, G0 to G7, that it failed, in words for its author;
 * null: it passed them all, or the edits bring none.
 */
export const mechanismFault = async (
  deps: Pick<Deps, 'checkMechanism'>,
  before: Before,
  edits: readonly Edit[],
): Promise<string | null> => {
  const source = mechanismWritten(before, edits);
  if (source === null) return null;
  const incumbent = before.incumbent ?? '';
  const finding = await askGates({ source, ...(incumbent.trim() === '' ? {} : { incumbent }) }, deps);
  return finding === null ? null : `its mechanism failed at ${finding.gate}: ${findingWords(finding)}`;
};
