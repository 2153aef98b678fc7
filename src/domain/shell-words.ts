const ENDS = new Set(['&&', '||', ';', '|', '&', '\n']);
const TOKEN = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\;|&])+|&&|\|\||[;|&\n]/gs;

const QUOTED = /"(?:\\.|[^"\\])*"|'[^']*'|\\./gs;

const unquote = (token: string): string =>
  token.replace(QUOTED, (part) => {
    if (part.startsWith('\\')) return part.slice(1);
    const inside = part.slice(1, -1);
    return part.startsWith('"') ? inside.replace(/\\(["\\$`])/g, '$1') : inside;
  });

/** The commands of a shell line that is simple enough to be read, each as its words without quotes. */
const split = (command: string): string[][] => {
  const commands: string[][] = [[]];
  for (const [token] of command.replace(/\\\n/g, ' ').matchAll(TOKEN))
    if (ENDS.has(token)) commands.push([]);
    else commands.at(-1)?.push(unquote(token));
  return commands;
};

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Builtins after which the next command is the interesting one. */
const PREPARES = new Set(['cd', 'pushd', 'export', 'set', 'ulimit', 'umask', '.', 'source', ':']);
const WRAPS = new Set(['exec', 'time', 'env', 'nice', 'command', 'nohup']);
const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh']);
const BUILTINS = new Set([
  'if',
  'for',
  'while',
  'until',
  'case',
  'function',
  'test',
  '[',
  '[[',
  'true',
  'false',
  'echo',
  'printf',
  'eval',
  'trap',
  'wait',
]);

const isWrapper = (word: string | undefined): boolean =>
  word !== undefined && (ASSIGNMENT.test(word) || WRAPS.has(word));

/** What `sh -c '…'` hands to its shell; null for any other command. */
const handedToShell = ([program = '', ...args]: readonly string[]): string | null => {
  if (!SHELLS.has(program.replace(/^.*\//, ''))) return null;
  let commands = false;
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] ?? '';
    if (!/^[-+]./.test(word)) return commands ? word : null;
    commands ||= /^-[a-z]*c/.test(word);
    if (/^[-+][a-z]*o$/.test(word)) i += 1;
  }
  return null;
};

/** Words of the first command that does something, without assignments; empty if only a shell can tell. */
export const mainCommand = (command: string): string[] => {
  for (const words of split(command)) {
    while (isWrapper(words[0])) words.shift();
    const [program] = words;
    if (program === undefined || PREPARES.has(program)) continue;
    const inner = handedToShell(words);
    if (inner !== null) return mainCommand(inner);
    return BUILTINS.has(program) || /^[-#]|[$`(){}*?<>~!]/.test(program) ? [] : words;
  }
  return [];
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

/** Every word of a command, also of its later parts and of what it hands to a shell: what may name a file. */
export const allWords = (command: string): string[] =>
  split(command).flatMap((words) => {
    const inner = handedToShell(words);
    return [...words.map(withoutDot), ...(inner === null ? [] : allWords(inner))];
  });
