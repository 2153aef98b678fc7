/** Words of a shell command that is simple enough to be read; quotes are removed, the rest is left as it is. */
const split = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(&&|\|\||[;|&])|[^\s"';|&]+/g)].map(
    (match) => match[1] ?? match[2] ?? match[0],
  );

const ENDS = new Set(['&&', '||', ';', '|', '&']);
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Builtins after which the next command is the interesting one. */
const PREPARES = new Set(['cd', 'export', 'set', 'ulimit', 'umask', '.', 'source', ':']);
const WRAPS = new Set(['exec', 'time', 'env', 'nice', 'command']);
const BUILTINS = new Set([
  'if',
  'for',
  'while',
  'case',
  'test',
  '[',
  'true',
  'false',
  'echo',
  'printf',
  'eval',
]);

/** Words of the first command that does something, without assignments; empty if only a shell can tell. */
export const mainCommand = (command: string): string[] => {
  let words: string[] = [];
  for (const word of [...split(command), ';']) {
    if (!ENDS.has(word)) {
      words.push(word);
      continue;
    }
    while (words[0] !== undefined && (ASSIGNMENT.test(words[0]) || WRAPS.has(words[0]))) words.shift();
    if (words[0] !== undefined && !PREPARES.has(words[0])) break;
    words = [];
  }
  const [program] = words;
  return program === undefined || BUILTINS.has(program) || /[$`(){}*?<>~]/.test(program) ? [] : words;
};

export const withoutDot = (word: string): string => word.replace(/^(\.\/)+/, '');

/** The file of the repository that a command executes: its program, or the script it gives to an interpreter. */
export const executedFile = (command: string, isFile: (path: string) => boolean): string | null => {
  for (const [index, word] of mainCommand(command).entries()) {
    const path = withoutDot(word);
    if (isFile(path)) return path;
    const passes = index === 0 || word === 'run' || (word.startsWith('-') && !/^-[mce]$/.test(word));
    if (!passes) return null;
  }
  return null;
};

/** Every word of a command, also of its later parts: what may name a file. */
export const allWords = (command: string): string[] =>
  split(command)
    .filter((word) => !ENDS.has(word))
    .map(withoutDot);
