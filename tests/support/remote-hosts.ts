import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PYTHON = new URL('../../.venv/bin/python', import.meta.url).pathname;

const hasBwrap = (): boolean => {
  try {
    execFileSync('bwrap', ['--dev-bind', '/', '/', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

interface Told {
  /** of Temporal's server */
  address: string;
  /** AUTOLIFT_ARTIFACTS, and the keys of a bucket */
  artifacts: Record<string, string>;
  /** folders of others that are empty for this host, where there is bubblewrap to see to it */
  hidden: string[];
  /** more on its PATH */
  path?: string[];
}

/** Device hosts as processes that share a git remote and an artifact store with the control side, and no other file. */
export class RemoteHosts {
  readonly place = mkdtempSync(join(tmpdir(), 'autolift-hosts-'));
  readonly remote = join(this.place, 'remote.git');
  readonly store = join(this.place, 'store');
  readonly #children: ChildProcess[] = [];

  constructor() {
    execFileSync('git', ['init', '-q', '--bare', this.remote]);
    mkdirSync(this.store);
  }

  /** A host of its own: it knows the server's address, the store and how to reach the remote, and sees nothing else of ours. */
  start(deviceClass: string, { address, artifacts, hidden, path = [] }: Told): void {
    const home = join(this.place, deviceClass);
    mkdirSync(join(home, 'work'), { recursive: true });
    const env = {
      PATH: [...path, dirname(PYTHON), process.env['PATH'] ?? ''].join(':'),
      LANG: 'C.UTF-8',
      HOME: home,
      AUTOLIFT_HOME: join(home, 'autolift'),
      TEMPORAL_ADDRESS: address,
      ...artifacts,
    };
    const covers = hidden.flatMap((folder) => ['--tmpfs', folder]);
    const walls = hasBwrap() ? ['bwrap', '--dev-bind', '/', '/', '--die-with-parent', ...covers] : [];
    const [program, ...args] = [...walls, PYTHON, '-m', 'autolift_device', '--class', deviceClass];
    const cwd = join(home, 'work');
    this.#children.push(spawn(program, args, { env, cwd, detached: true, stdio: 'ignore' }));
  }

  /** How many repositories a host has copies of. */
  copies(deviceClass: string): number {
    const files = readdirSync(join(this.place, deviceClass, 'autolift', 'git'));
    return files.filter((file) => file.endsWith('.git')).length;
  }

  async close(): Promise<void> {
    for (const { pid } of this.#children) if (pid !== undefined) process.kill(-pid, 'SIGTERM');
    await Promise.all(this.#children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    rmSync(this.place, { recursive: true, force: true });
  }
}
