import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const stopServer = (folder: string): void => {
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGINT');
  } catch {
    // it never started, or is gone already
  }
};

/** One temporary folder for a whole test run, which goes away with it whatever its tests leave there. */
export default function openScratch(): (() => void) | undefined {
  if (process.env['AUTOLIFT_TEST_SCRATCH'] !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'autolift-tests-'));
  process.env['AUTOLIFT_TEST_SCRATCH'] = folder;
  process.env['TMPDIR'] = folder;
  return () => {
    for (const name of readdirSync(folder)) {
      if (name.startsWith('autolift-test-postgres-')) stopServer(join(folder, name));
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
