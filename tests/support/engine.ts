import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { down, up } from '../../src/embedded/index.js';
import { readSettings, type Settings } from '../../src/workers/settings.js';

const CLI = new URL('../../bin/autolift.mjs', import.meta.url).pathname;
const run = promisify(execFile);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** A whole engine of its own: folder, ports, servers and workers, as a user's machine has it. */
export interface TestEngine {
  home: string;
  settings: Settings;
  /** the built command line */
  autolift(...args: string[]): Promise<Said>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export const testEngine = async (extra: Record<string, string> = {}): Promise<TestEngine> => {
  const home = mkdtempSync(join(tmpdir(), 'autolift-e2e-'));
  const environment: Record<string, string | undefined> = {
    ...process.env,
    TEMPORAL_ADDRESS: undefined,
    DATABASE_URL: undefined,
    OPENAI_API_KEY: undefined,
    AUTOLIFT_HOME: home,
    AUTOLIFT_TEMPORAL_PORT: String(await freePort()),
    AUTOLIFT_UI_PORT: String(await freePort()),
    AUTOLIFT_POSTGRES_PORT: String(await freePort()),
    ...extra,
  };
  const settings = readSettings(environment);
  return {
    home,
    settings,
    async autolift(...args) {
      const options = { env: environment as NodeJS.ProcessEnv, maxBuffer: 64 * 1024 * 1024 };
      try {
        return { code: 0, ...(await run(process.execPath, [CLI, ...args], options)) };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, stdout, stderr };
      }
    },
    async up() {
      await up(settings);
    },
    async close() {
      await down(settings);
      rmSync(home, { recursive: true, force: true });
    },
  };
};

/** A git repository with these files, committed. */
export const repositoryWith = (files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-task-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'task');
  return folder;
};
