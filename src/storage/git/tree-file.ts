/** A file of a commit; paths are relative to the task's folder, with forward slashes. */
export interface TreeFile {
  path: string;
  /** 100644, 100755 executable, 120000 symlink, 160000 submodule */
  mode: string;
  oid: string;
  /** bytes; 0 for a submodule */
  size: number;
}
