import type { Proposal } from '../../../contract/proposal.js';
import { applyBlocks } from './apply.js';
import { parseAnswer } from './parse.js';

export type AnswerReading =
  | { status: 'ok'; proposal: Proposal }
  /** `problems` is written for the model, to be sent back */
  | { status: 'malformed'; problems: string[] };

const firstProse = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /^[A-Z][^:<>`]{14,}/.test(line) && !/^(?:FILE|DELETE|SEARCH|REPLACE)\b/.test(line));

/** An answer as a proposal: edits of whole files, or what is wrong with it. */
export const readAnswer = (text: string, files: ReadonlyMap<string, string>): AnswerReading => {
  const answer = parseAnswer(text, files.keys());
  const applied = applyBlocks(answer.blocks, files);
  const problems = [...answer.problems, ...applied.problems];
  if (problems.length > 0) return { status: 'malformed', problems };
  const paths = [...new Set(answer.blocks.map(({ path }) => path))];
  const idea = answer.idea || (firstProse(text)?.slice(0, 200) ?? `change ${paths.join(', ')}`);
  return { status: 'ok', proposal: { idea, edits: applied.edits } };
};
