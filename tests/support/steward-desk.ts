import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createStewardActivities, openSteward } from '../../src/activities/steward/index.js';
import { sealVault } from '../../src/activities/steward/seal-vault.js';
import type { StewardDeps } from '../../src/activities/steward/deps.js';
import type { HoldoutAnswer, HoldoutQuery, KeepNote, KeepNoted } from '../../src/contract/steward.js';
import { writeVault } from './toy-vault.js';

/** A steward without a server: its folder, sealed vaults, its activities; unless told to it doesn't wait with an answer. */
export interface Desk {
  root: string;
  deps: StewardDeps;
  ask(query: HoldoutQuery): Promise<HoldoutAnswer>;
  note(note: KeepNote): Promise<KeepNoted>;
  /** every file of the steward's folder that is text of its own making */
  logText(): string;
  close(): void;
}

export const openDesk = async (
  write: (root: string) => unknown = (root) => writeVault(root),
  change: Partial<StewardDeps> = {},
): Promise<Desk> => {
  const root = mkdtempSync(join(tmpdir(), 'autolift-steward-'));
  write(root);
  const steward = await openSteward(root, process.env['PATH']);
  const deps = { ...steward, sleep: () => Promise.resolve(), ...change };
  for (const name of readdirSync(join(root, 'vaults'))) await sealVault(deps, name, 'test');
  const activities = createStewardActivities(deps);
  return {
    root,
    deps,
    ask: async (query) =>
      await new MockActivityEnvironment().run(
        async () => await activities.answerQuery({ query, at: Date.now() }),
      ),
    note: async (note) =>
      await new MockActivityEnvironment().run(async () => await activities.appendKeep(note)),
    logText: () => readFileSync(join(root, 'audit.jsonl'), 'utf8'),
    close: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
};
