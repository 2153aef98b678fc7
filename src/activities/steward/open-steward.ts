import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextRecord } from '../../domain/audit/chain.js';
import { tEvidence } from '../../domain/holdout/evidence.js';
import { openAuditLog, type AuditLog } from '../../storage/audit/index.js';
import { openObjects } from '../../storage/git/index.js';
import { openKeys, readStewardConfig, requirePrivate } from '../../storage/vault/index.js';
import type { StewardDeps } from './deps.js';
import { sleepThrough } from './sleep-through.js';
import { hasWalls } from './walls.js';

export const openStewardLog = async (root: string): Promise<AuditLog> => await openAuditLog(root, nextRecord);

/** The steward from its parts: folder, keys, log, and the walls around candidates. */
export const openSteward = async (
  root: string,
  path = '/usr/local/bin:/usr/bin:/bin',
): Promise<StewardDeps> => {
  await requirePrivate(root);
  const walled = await hasWalls(path);
  const { withoutSandbox } = await readStewardConfig(root);
  return {
    root,
    audit: await openStewardLog(root),
    keys: openKeys(root),
    evidence: tEvidence,
    openObjects,
    walls: walled ? 'bwrap' : withoutSandbox === 'run' ? 'none' : null,
    path,
    sleep: sleepThrough,
    log: (text) => {
      appendFileSync(join(root, 'steward.log'), `${new Date().toISOString()} ${text}\n`, { mode: 0o600 });
    },
  };
};
