import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoopRecord } from '../contract/ledger.js';
import { UserError } from '../contract/user-error.js';
import { renderReport } from '../report/html/render-report.js';
import { openRepository, type Repository } from '../storage/git/repository.js';
import type { Settings } from '../workers/settings.js';
import { uiAddress } from './places.js';

const DIFF_BYTES = 20_000;
/** The newest of the discarded keep their diff; all kept ones do. */
const MOST_DIFFS = 400;
const AT_A_TIME = 8;

/** Diffs of candidates against what they were made from, as far as the repository is here. */
const readDiffs = async ({ loop, experiments }: LoopRecord): Promise<Map<number, string>> => {
  const { repository: directory, prefix } = loop.input.source;
  const diffs = new Map<number, string>();
  const repository: Repository | null = await openRepository(directory).catch(() => null);
  if (repository === null) return diffs;
  const withCommit = experiments.filter(({ commit, experiment }) => commit !== null && experiment > 0);
  const kept = withCommit.filter(({ outcome }) => outcome === 'keep');
  const others = withCommit.filter(({ outcome }) => outcome !== 'keep').slice(-MOST_DIFFS);
  const queue = [...kept, ...others];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const diff = await repository
        .diff(next.base, next.commit ?? next.base, { prefix, maxBytes: DIFF_BYTES })
        .catch(() => null);
      if (diff !== null) diffs.set(next.experiment, diff);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return diffs;
};

/** Writes whole or not at all. */
export const writeWhole = async (file: string, content: string | Uint8Array): Promise<void> => {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const draft = `${file}.${String(process.pid)}.part`;
    await writeFile(draft, content);
    await rename(draft, file);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `can't be written: ${said}`,
      file,
      'Choose another file with -o, or free some space.',
    );
  }
};

/** Writes the loop's page; its name is given back. */
export const writeReport = async (settings: Settings, record: LoopRecord, file: string): Promise<string> => {
  const url = uiAddress(settings, record.loop.loop);
  const page = renderReport({
    record,
    diffs: await readDiffs(record),
    generatedAt: Date.now(),
    links: url === null ? [] : [{ label: 'Temporal UI', href: url }],
  });
  await writeWhole(file, page);
  return file;
};
