import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PYTHON = new URL('../../.venv/bin/python', import.meta.url).pathname;
const PACKAGE = new URL('../../python-gpu-activity', import.meta.url).pathname;

/** A borrowed device host: a user with an empty home, who knows the server's address and the store, and holds keys. */
export class LentHost {
  readonly place = mkdtempSync(join(tmpdir(), 'autolift-lent-'));
  readonly #child: ChildProcess;

  constructor(deviceClass: string, options: readonly string[], environment: Record<string, string>) {
    for (const name of ['home', 'tmp']) mkdirSync(join(this.place, name));
    const env = {
      PATH: [dirname(PYTHON), process.env['PATH'] ?? ''].join(':'),
      LANG: 'C.UTF-8',
      PYTHONPATH: PACKAGE,
      HOME: join(this.place, 'home'),
      TMPDIR: join(this.place, 'tmp'),
      ...environment,
    };
    const args = ['-m', 'autolift_device', '--borrowed', '--class', deviceClass, ...options];
    this.#child = spawn(PYTHON, args, { env, cwd: this.place, detached: true, stdio: 'ignore' });
  }

  /** Its exit code; after a signal, if one is given. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return exitCode;
    const ended = new Promise<number | null>((resolve) => this.#child.once('exit', resolve));
    if (signal !== undefined) this.#child.kill(signal);
    return ended;
  }

  /** Files and folders that it has written. */
  left(): string[] {
    return readdirSync(this.place, { recursive: true, encoding: 'utf8' })
      .filter((file) => !['home', 'tmp'].includes(file))
      .toSorted();
  }

  async close(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.place, { recursive: true, force: true });
  }
}
