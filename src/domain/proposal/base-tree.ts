import { folded, portabilityFault, shown } from './check-name.js';

/** A file of the commit that a proposal is made from; path relative to the task's folder. */
export interface BaseFile {
  path: string;
  /** as git writes it: 100644, 100755, 120000 symlink, 160000 submodule */
  mode: string;
}

const foldersOf = (path: string): string[] => {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
};

const kindOf = (mode: string): string => {
  if (mode === '120000') return 'a symlink';
  return mode === '160000' ? 'a submodule' : 'a file';
};

/** What is at which path, and what may be put where; grows with the files that a proposal adds. */
export class BaseTree {
  readonly #files = new Map<string, string>();
  readonly #folders = new Set<string>();
  readonly #byFold = new Map<string, string>();

  constructor(files: readonly BaseFile[]) {
    for (const { path, mode } of files) this.#insert(path, mode);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Takes note of a file that the proposal adds. */
  add(path: string): void {
    if (!this.has(path)) this.#insert(path, '100644');
  }

  /** Why the file at this path can't be edited or created; null if it can. */
  fault(path: string): string | null {
    for (const folder of foldersOf(path)) {
      const mode = this.#files.get(folder);
      if (mode !== undefined) return `lies under ${shown(folder)}, which is ${kindOf(mode)}`;
    }
    if (this.#folders.has(path)) return 'is a folder';
    const mode = this.#files.get(path);
    if (mode !== undefined) return mode.startsWith('100') ? null : `is ${kindOf(mode)}`;
    return this.#newNameFault(path);
  }

  #newNameFault(path: string): string | null {
    const isNew = (part: string): boolean => !this.#folders.has(part);
    for (const part of [...foldersOf(path), path].filter(isNew)) {
      const twin = this.#byFold.get(folded(part));
      if (twin !== undefined)
        return `clashes with ${shown(twin)}: they differ only in case or Unicode spelling`;
      const fault = portabilityFault(part.slice(part.lastIndexOf('/') + 1));
      if (fault !== null) return fault;
    }
    return null;
  }

  #insert(path: string, mode: string): void {
    this.#files.set(path, mode);
    this.#byFold.set(folded(path), path);
    for (const folder of foldersOf(path)) {
      this.#folders.add(folder);
      this.#byFold.set(folded(folder), folder);
    }
  }
}
