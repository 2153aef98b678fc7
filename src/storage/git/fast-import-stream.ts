import type { Edit } from '../../contract/proposal.js';
import type { Candidate } from './candidate.js';
import { checkRefName } from './ref-name.js';
import { commitMessage, signature } from './signature.js';

/** Mode of the file at a path in a candidate's parent, if it is there. */
export type ModeOf = (candidate: Candidate, path: string) => string | undefined;

const data = (content: string): (string | Buffer)[] => {
  const bytes = Buffer.from(content);
  return [`data ${String(bytes.length)}\n`, bytes, '\n'];
};

const quoted = (path: string): string =>
  `"${path.replace(/["\\\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}"`;

const fullPath = (candidate: Candidate, edit: Edit): string =>
  quoted(candidate.prefix === '' ? edit.path : `${candidate.prefix}/${edit.path}`);

const change = (candidate: Candidate, edit: Edit, modeOf: ModeOf): (string | Buffer)[] => {
  const path = fullPath(candidate, edit);
  if (edit.kind === 'delete') return [`D ${path}\n`];
  const mode = modeOf(candidate, edit.path) === '100755' ? '100755' : '100644';
  return [`M ${mode} inline ${path}\n`, ...data(edit.content)];
};

const commit = (candidate: Candidate, mark: number, modeOf: ModeOf): (string | Buffer)[] => {
  const who = signature(candidate.at);
  // deletions first: a file may make room for another
  const edits = candidate.edits.toSorted((a, b) => Number(a.kind === 'write') - Number(b.kind === 'write'));
  return [
    `commit ${checkRefName(candidate.ref)}\nmark :${String(mark)}\nauthor ${who}\ncommitter ${who}\n`,
    ...data(commitMessage(candidate.message)),
    `from ${candidate.parent}\n`,
    ...edits.flatMap((edit) => change(candidate, edit, modeOf)),
    `\nget-mark :${String(mark)}\nls :${String(mark)} ""\n`,
  ];
};

/** What `git fast-import` reads to write all candidates; it answers each with two lines: commit and tree. */
export const fastImportStream = (candidates: readonly Candidate[], modeOf: ModeOf): Buffer => {
  const parts = candidates.flatMap((candidate, index) => commit(candidate, index + 1, modeOf));
  const all = ['feature done\n', ...parts, 'done\n'];
  return Buffer.concat(all.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
};
