import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { PACKAGE_ROOT } from '../../workers/package-root.js';
import { didYouMean } from '../../contract/nearest.js';
import type { LoadedTask } from './load-task.js';
import { namesMayMove, scriptOf } from '../../domain/script-of.js';
import { mainCommand, withoutDot } from '../../domain/shell-words.js';

export interface ProgramSearch {
  loaded: LoadedTask;
  /** committed files of the task's folder */
  files: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}

const executable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** Candidates find the device worker's own Python first. */
const onPath = (program: string, env: ProgramSearch['env']): boolean =>
  [path.join(PACKAGE_ROOT, '.venv', 'bin'), ...(env['PATH'] ?? '/usr/bin:/bin').split(path.delimiter)].some(
    (folder) => folder !== '' && executable(path.join(folder, program)),
  );

const checkProgram = (program: string, where: string, { loaded, files, env }: ProgramSearch): void => {
  if (!program.includes('/')) {
    if (onPath(program, env)) return;
    const script = files.includes(program) ? ` There is a file ${program}: write ./${program}.` : '';
    throw new UserError(
      `the program "${program}" is not on the PATH`,
      where,
      `Install it, or name the one you have.${script}`,
    );
  }
  if (path.isAbsolute(program) ? executable(program) : files.includes(withoutDot(program))) return;
  const linked = loaded.task.run.read.some((read) => withoutDot(program).startsWith(withoutDot(read)));
  const there = existsSync(path.join(loaded.folder, program));
  if (linked && there) return;
  throw new UserError(
    there ? `the program "${program}" is not part of the commit` : `there is no program "${program}"`,
    where,
    there ? 'Commit it, or list it (or its folder, like .venv) in run.read.' : 'Check its path.',
  );
};

const checkScript = (words: readonly string[], where: string, { loaded, files }: ProgramSearch): void => {
  const script = scriptOf(words);
  if (script === null || path.isAbsolute(script)) return;
  const file = path.posix.normalize(script);
  if (file.startsWith('..') || files.includes(file)) return;
  if (existsSync(path.join(loaded.folder, file)))
    throw new UserError(`${file} is not committed`, where, 'Commit it first: a loop starts from a commit.');
  throw new UserError(`there is no file ${file}${didYouMean(file, files)}`, where, 'Check its name.');
};

/** Each command's program and script, looked up before anything is started. */
export const checkPrograms = (search: ProgramSearch): void => {
  const { task, taskFile } = search.loaded;
  const commands: [string, string | undefined][] = [
    ['run.command', task.run.command],
    ['measure.command', task.measure.command],
    ...task.guards.map(({ command }, index): [string, string] => [
      `guards[${String(index)}].command`,
      command,
    ]),
  ];
  for (const [key, command] of commands) {
    const words = mainCommand(command ?? '');
    const [program] = words;
    if (program === undefined || namesMayMove(command ?? '')) continue;
    checkProgram(program, `${taskFile}: ${key}`, search);
    checkScript(words, `${taskFile}: ${key}`, search);
  }
  for (const proposer of [task.proposer].flat()) {
    const [program] = proposer.kind === 'command' ? mainCommand(proposer.command) : [];
    if (program !== undefined && !program.includes('/'))
      checkProgram(program, `${taskFile}: proposer.command`, search);
  }
};
