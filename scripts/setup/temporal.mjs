import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ask, execute } from './execute.mjs';
import { SetupError } from './setup-error.mjs';
import { step } from './step.mjs';
import { downloadRelease } from './temporal-release.mjs';

/** Also in src/embedded/temporal-binary.ts, which looks for what is put here. */
export const VERSION = '1.5.1';
const MODULE = 'github.com/temporalio/cli/cmd/temporal';

/** Where the set-up's own build lies; shared by all checkouts of one user. */
export function cachedBinary() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'autolift', `temporal-${VERSION}`, 'temporal');
}

/** The first of: one on the PATH, the cache, the official release, a build from the Go module. */
export async function installTemporal() {
  const target = cachedBinary();
  if (existsSync(target) || process.env.TEMPORAL_ADDRESS || (await isRecentOnPath())) return;
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), '.draft-'));
  try {
    await step('get the Temporal server (a download, or some minutes of building)', async () => {
      const file = join(draft, 'temporal');
      const released = await downloadRelease(VERSION, file);
      if (!released) await buildFromModule(file);
      renameSync(file, target);
      return released ? 'official release' : 'built from its Go module';
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function isRecentOnPath() {
  const line = (await ask('temporal', ['--version'])) ?? '';
  const number = (pattern) => {
    const [, major = 0, minor = 0] = pattern.exec(line) ?? [];
    return Number(major) * 1000 + Number(minor);
  };
  return number(/version v?(\d+)\.(\d+)/) >= 1005 || number(/Server v?(\d+)\.(\d+)/) >= 1029;
}

async function buildFromModule(file) {
  if ((await ask('go', ['version'])) === null)
    throw new SetupError(
      'There is no Temporal server on this machine: the release could not be downloaded, and there is no Go to build it.',
      'Install the Temporal CLI (brew install temporal), or Go, or set TEMPORAL_ADDRESS to a server of your own.',
    );
  const folder = mkdtempSync(join(tmpdir(), 'autolift-temporal-'));
  const env = { GOFLAGS: '-mod=mod -buildvcs=false' };
  try {
    writeFileSync(join(folder, 'go.mod'), 'module autolift.local/temporal\n\ngo 1.24\n');
    const fix = 'Check the network and the module proxy that Go is configured for.';
    await execute('go', ['get', '-tool', `${MODULE}@v${VERSION}`], { cwd: folder, env, fix });
    const version = `-X github.com/temporalio/cli/temporalcli.Version=${VERSION}`;
    await execute('go', ['build', '-ldflags', `-s -w ${version}`, '-o', file, MODULE], {
      cwd: folder,
      env,
      fix,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
