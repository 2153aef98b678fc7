import type { Method, MethodFiles } from '../../contract/method.js';
import { methodHash, parseMethod, readMethodFiles } from '../../storage/method/index.js';

export interface LoadedMethod {
  method: Method;
  files: MethodFiles;
  hash: string;
  /** as it was asked for */
  ref: string;
}

/** Reads and checks the method that a reference names. */
export const loadMethod = async (ref: string, cwd: string): Promise<LoadedMethod> => {
  const files = await readMethodFiles(ref, cwd);
  const method = parseMethod(files, ref);
  return { method, files, hash: methodHash(method), ref };
};
