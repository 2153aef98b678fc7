import type { FolderView } from './folder-view.js';

export interface FoundBudget {
  budget: string;
  because: string;
}

const CONSTANT =
  /^\s*(?:const\s+|let\s+)?((?:TIME|TRAIN|MAX|RUN)_?(?:BUDGET|LIMIT|SECONDS|TIME)(?:_SECONDS|_S)?|BUDGET_SECONDS)\s*=\s*(\d+(?:\.\d+)?)\b/m;

const inWords = (seconds: number): string =>
  seconds >= 120 && seconds % 60 === 0 ? `${String(seconds / 60)}m` : `${String(seconds)}s`;

/** The time that a program gives itself, from a constant like TIME_BUDGET. */
export const findBudget = (view: FolderView, files: readonly string[]): FoundBudget | null => {
  for (const file of files) {
    const match = CONSTANT.exec(view.text(file));
    const seconds = Number(match?.[2]);
    if (match?.[1] !== undefined && seconds > 0)
      return { budget: inWords(seconds), because: `${match[1]} in ${file}` };
  }
  return null;
};

/** What the run reads that git doesn't hold: the installed packages and the prepared data. */
export const findUntracked = (
  view: FolderView,
  files: readonly string[],
): { path: string; because: string }[] => {
  const found = view.has('.venv') ? [{ path: '.venv', because: 'the installed packages' }] : [];
  for (const file of files) {
    const text = view.text(file);
    const cache =
      /["'](~\/\.cache\/[\w./-]+)["']/.exec(text)?.[1] ??
      /expanduser\(["']~["']\)\s*,\s*["'](\.cache)["']\s*,\s*["']([\w.-]+)["']/
        .exec(text)
        ?.slice(1)
        .reduce((joined, part) => `${joined}/${part}`, '~');
    if (cache !== undefined && !found.some(({ path }) => path === cache))
      found.push({ path: cache, because: `named in ${file}` });
  }
  return found;
};

const testScript = (view: FolderView): boolean => {
  try {
    const manifest = JSON.parse(view.text('package.json') || '{}') as { scripts?: Record<string, string> };
    const script = manifest.scripts?.['test'];
    return script !== undefined && !script.includes('no test specified');
  } catch {
    return false;
  }
};

/** Test commands of the project: candidates for guards. */
export const findGuards = (view: FolderView): string[] => {
  const pytest =
    view.files.some((file) => /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(file)) ||
    view.text('pyproject.toml').includes('[tool.pytest');
  return [
    ...(testScript(view) ? ['npm test'] : []),
    ...(pytest ? ['python3 -m pytest -q'] : []),
    ...(/^test:/m.test(view.text('Makefile')) ? ['make test'] : []),
    ...(view.has('Cargo.toml') ? ['cargo test'] : []),
    ...(view.has('go.mod') ? ['go test ./...'] : []),
  ];
};
