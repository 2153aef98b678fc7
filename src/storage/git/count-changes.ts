import { gitIn } from './git.js';

const FILTER_KEY = /^filter\.(.+)\.(?:clean|smudge|process|required)$/s;

/** Settings that turn off every filter program that the configuration names: comparing a file would run them. */
const withoutFilters = async (folder: string): Promise<string[]> => {
  const listed = await gitIn(folder)(['config', '-z', '--name-only', '--get-regexp', '^filter\\.']).catch(
    () => '',
  );
  const names = new Set(listed.split('\0').flatMap((key) => FILTER_KEY.exec(key)?.[1] ?? []));
  return [...names].flatMap((name) => [
    `filter.${name}.clean=`,
    `filter.${name}.smudge=`,
    `filter.${name}.process=`,
    `filter.${name}.required=false`,
  ]);
};

/** How many files below a folder are changed or untracked; only looks. */
export const countChanges = async (folder: string): Promise<number> => {
  const settings = await withoutFilters(folder);
  // such a name can't be overridden on the command line; rather no count than somebody's program
  if (settings.some((setting) => setting.split('=').length > 2)) return 0;
  const git = gitIn(folder, settings);
  const status = ['status', '--porcelain=v1', '-z', '--no-renames', '--ignore-submodules=all'];
  const listed = await git([...status, '--untracked-files=normal', '--', '.']);
  return listed.split('\0').filter((entry) => entry !== '').length;
};
