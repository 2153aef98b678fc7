import type { Edit, Proposal } from '../../../contract/proposal.js';
import { pickWeighted } from '../../random.js';
import type { Random } from '../../random.js';
import type { Literal } from './literal.js';
import { perturb } from './perturb.js';

/** A literal and what is written in its place. */
export interface Change {
  literal: Literal;
  text: string;
}

const redraw = (literal: Literal, random: Random): string | null => {
  const { kind, text } = literal;
  if (kind.type === 'boolean') return kind.other;
  if (kind.type === 'number') return perturb(text, kind, random);
  const now = kind.quote === '' ? text : text.slice(1, -1);
  const others = kind.choices.filter((choice) => choice !== now);
  return others.length === 0 ? null : kind.quote + random.pick(others) + kind.quote;
};

const draw = (literals: readonly Literal[], count: number, random: Random): Change[] => {
  const left = [...literals];
  const changes: Change[] = [];
  while (changes.length < count && left.length > 0) {
    const literal = pickWeighted(random.next(), left);
    left.splice(left.indexOf(literal), 1);
    const text = redraw(literal, random);
    if (text !== null) changes.push({ literal, text });
  }
  return changes;
};

const ideaOf = (changes: readonly Change[]): string => {
  const paths = [...new Set(changes.map(({ literal }) => literal.path))];
  return paths
    .map((path) => {
      const here = changes.filter(({ literal }) => literal.path === path);
      const words = here.map(({ literal, text }) => `${literal.name} ${literal.text} → ${text}`);
      return `${words.join(', ')} in ${path}`;
    })
    .join('; ');
};

const compare = (a: Literal, b: Literal): number =>
  a.path === b.path ? a.start - b.start : a.path < b.path ? -1 : 1;

const rewrite = (text: string, changes: readonly Change[]): string => {
  let result = text;
  for (const { literal, text: next } of [...changes].sort((a, b) => b.literal.start - a.literal.start)) {
    result = result.slice(0, literal.start) + next + result.slice(literal.end);
  }
  return result;
};

/** Changes as the proposal that they are. */
export const proposalOf = (changes: readonly Change[], files: ReadonlyMap<string, string>): Proposal => {
  const sorted = changes.toSorted((a, b) => compare(a.literal, b.literal));
  const edits = [...new Set(sorted.map(({ literal }) => literal.path))].map((path): Edit => {
    const here = sorted.filter(({ literal }) => literal.path === path);
    return { kind: 'write', path, content: rewrite(files.get(path) ?? '', here) };
  });
  return { idea: ideaOf(sorted), edits };
};

export interface MutateInput {
  files: ReadonlyMap<string, string>;
  /** what `scan` found in those files */
  literals: readonly Literal[];
  /** how many literals are changed at once, at most */
  edits: number;
}

/**
 * Changes a few literals, drawn by weight. It learns nothing from what was tried before and invents nothing: an
 * honest floor for proposers that claim to. Null if there is nothing to change.
 */
export const mutate = (input: MutateInput, random: Random): Proposal | null => {
  const changes = draw(input.literals, 1 + random.int(input.edits), random);
  return changes.length === 0 ? null : proposalOf(changes, input.files);
};
