import { renameSync, writeFileSync } from 'node:fs';

/** Readers see the old content or the new, whenever this process dies. */
export function writeAtomically(file: string, content: string): void {
  const draft = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}
