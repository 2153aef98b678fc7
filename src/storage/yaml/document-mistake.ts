import { UserError } from '../../contract/user-error.js';
import type { YamlDocument } from './parse-yaml.js';
import { showPath } from './schema-path.js';
import type { SchemaProblem } from './schema-problems.js';

const described = (problems: readonly SchemaProblem[], lineAt: YamlDocument['lineAt']): string[] =>
  problems
    .map((problem) => ({ ...problem, line: lineAt(problem.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(({ path, text, line }) => {
      const key = text.startsWith('unknown key') ? showPath(path.slice(0, -1)) : showPath(path);
      return `${line === null ? '' : `line ${String(line)}: `}${key === '' ? '' : `${key}: `}${text}`;
    });

/** Everything that is wrong with a document in one message, each with its line. */
export const documentMistake = (
  { file, lineAt }: Pick<YamlDocument, 'file' | 'lineAt'>,
  problems: readonly SchemaProblem[],
  docs: string,
): UserError => {
  const said = described(problems, lineAt);
  return new UserError(
    said.length === 1
      ? (said[0] ?? '')
      : `${String(said.length)} problems${said.map((problem) => `\n  - ${problem}`).join('')}`,
    file,
    docs,
  );
};
