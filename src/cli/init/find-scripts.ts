import { FILL_IN } from './draft.js';
import type { FolderView } from './folder-view.js';

export interface Scripts {
  /** the file that is edited and run */
  artifact: string | null;
  evaluator: string | null;
  artifactBecause: string;
  karpathy: boolean;
}

const ARTIFACTS = ['train', 'solution', 'solve', 'candidate', 'main', 'run', 'index'];
const EVALUATORS = ['evaluate', 'evaluator', 'eval', 'score', 'verify', 'verifier', 'bench', 'benchmark'];
const LANGUAGES = ['py', 'sh', 'mjs', 'js', 'ts', 'rb', 'jl', 'lua'];

const firstOf = (view: FolderView, names: readonly string[]): string | null =>
  names
    .flatMap((name) => LANGUAGES.map((language) => `${name}.${language}`))
    .find((file) => view.has(file)) ?? null;

/** A local module that the evaluator imports is what it scores. */
const importedBy = (view: FolderView, evaluator: string): string | null => {
  const modules = [...view.text(evaluator).matchAll(/^\s*(?:from|import)\s+([A-Za-z_]\w*)/gm)];
  return modules.map((match) => `${match[1] ?? ''}.py`).find((file) => view.has(file)) ?? null;
};

/** Finds what is edited and what scores it, by the names that people give them. */
export const findScripts = (view: FolderView): Scripts => {
  if (['program.md', 'prepare.py', 'train.py'].every((file) => view.has(file)))
    return {
      artifact: 'train.py',
      evaluator: null,
      artifactBecause: 'program.md, prepare.py and train.py: the layout of karpathy/autoresearch',
      karpathy: true,
    };
  const evaluator = firstOf(view, EVALUATORS);
  const named = firstOf(view, ARTIFACTS);
  if (named !== null)
    return { artifact: named, evaluator, artifactBecause: `a file called ${named}`, karpathy: false };
  const imported = evaluator === null ? null : importedBy(view, evaluator);
  if (imported !== null)
    return {
      artifact: imported,
      evaluator,
      artifactBecause: `${evaluator ?? ''} imports it`,
      karpathy: false,
    };
  const sources = view.files.filter(
    (file) => LANGUAGES.some((language) => file.endsWith(`.${language}`)) && file !== evaluator,
  );
  const only = sources.length === 1 ? (sources[0] ?? null) : null;
  return { artifact: only, evaluator, artifactBecause: 'the only source file', karpathy: false };
};

const INTERPRETERS: Record<string, string> = {
  py: 'python3',
  sh: 'sh',
  mjs: 'node',
  js: 'node',
  ts: 'node',
  rb: 'ruby',
  jl: 'julia',
  lua: 'lua',
};

/** The command that runs a script, through uv where the folder is a uv project. */
export const commandFor = (view: FolderView, script: string | null): string => {
  if (script === null) return FILL_IN;
  const language = script.slice(script.lastIndexOf('.') + 1);
  if (language === 'py' && view.has('pyproject.toml') && view.has('uv.lock'))
    return `uv run --no-sync ${script}`;
  if (language === 'py' && view.has('.venv/bin/python')) return `.venv/bin/python ${script}`;
  return `${INTERPRETERS[language] ?? 'sh'} ${script}`;
};
