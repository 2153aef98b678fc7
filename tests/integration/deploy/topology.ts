import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporalCli } from '../../support/temporal.js';
import { readCompose, ROOT, SECRETS } from './compose-file.js';

export interface Said {
  code: number;
  output: string;
}

/** Servers that somebody else runs. */
export interface Servers {
  temporalAddress: string;
  databaseUrl: string;
}

const compose = readCompose(SECRETS);
const PYTHON = join(ROOT, '.venv', 'bin', 'python');

/** What the compose file gives a service, with the addresses and folders of this test in the place of its own. */
const environmentOf = (service: string, ours: Record<string, string>): Record<string, string> => {
  const given = Object.entries(compose.services[service]?.environment ?? {});
  const kept = given.filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept.map(([name, value]) => [name, ours[name] ?? value]));
};

/** The services of the compose file as processes of this machine: each knows only what its container would. */
export class Topology {
  readonly folder = mkdtempSync(join(tmpdir(), 'autolift-topology-'));
  readonly namespace: string;
  readonly controlHome = join(this.folder, 'control');
  private readonly control: Record<string, string>;
  private readonly device: Record<string, string>;
  private readonly stops: (() => Promise<void>)[] = [];

  constructor(servers: Servers) {
    const bare = { PATH: `${dirname(temporalCli())}:${process.env['PATH'] ?? ''}`, LANG: 'C.UTF-8' };
    const home = (name: string): string => {
      const folder = join(this.folder, name);
      mkdirSync(folder);
      return folder;
    };
    // one volume, mounted into both containers
    const blobs = home('blobs');
    for (const name of ['control', 'device']) symlinkSync(blobs, join(home(name), 'blobs'));
    this.control = {
      ...bare,
      HOME: this.controlHome,
      ...environmentOf('control', {
        TEMPORAL_ADDRESS: servers.temporalAddress,
        DATABASE_URL: servers.databaseUrl,
        AUTOLIFT_HOME: this.controlHome,
        AUTOLIFT_ARTIFACTS: join(this.controlHome, 'blobs'),
      }),
    };
    this.device = {
      ...bare,
      HOME: join(this.folder, 'device'),
      ...environmentOf('device-cpu', {
        TEMPORAL_ADDRESS: servers.temporalAddress,
        AUTOLIFT_ARTIFACTS: join(this.folder, 'device', 'blobs'),
      }),
    };
    this.namespace = this.device['TEMPORAL_NAMESPACE'] ?? '';
  }

  /** The job temporal-namespace. */
  makeNamespace(): Promise<Said> {
    return this.say('sh', [join(ROOT, 'docker/temporal/namespace.sh')], this.device);
  }

  startControl(): void {
    this.start(
      'control',
      [process.execPath, join(ROOT, 'bin/autolift.mjs'), 'worker', 'control'],
      this.control,
    );
  }

  startDevice(): void {
    const { command = [] } = compose.services['device-cpu'] ?? {};
    const args = command.map((word) => word.replace(/^\/data/, join(this.folder, 'device')));
    this.start('device', [PYTHON, '-m', 'autolift_device', ...args], this.device);
  }

  /** `docker compose exec control autolift …` */
  autolift(...args: string[]): Promise<Said> {
    return this.say(process.execPath, [join(ROOT, 'bin/autolift.mjs'), ...args], this.control);
  }

  controlHealth(): Promise<Said> {
    return this.say(process.execPath, [join(ROOT, 'docker/health/control.mjs')], this.control);
  }

  deviceHealth(deviceClass: string): Promise<Said> {
    return this.say(PYTHON, [join(ROOT, 'docker/health/device.py'), deviceClass], this.device);
  }

  log(name: string): string {
    return readFileSync(join(this.folder, `${name}.log`), 'utf8');
  }

  async close(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private start(name: string, [program = '', ...args]: string[], env: Record<string, string>): void {
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const child = spawn(program, args, { env, cwd: this.folder, stdio: ['ignore', log, log] });
    closeSync(log);
    const ended = new Promise<void>(
      (resolve) =>
        void child.once('close', () => {
          resolve();
        }),
    );
    this.stops.push(async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
      await ended;
      clearTimeout(timer);
    });
  }

  private say(program: string, args: string[], env: Record<string, string>): Promise<Said> {
    return new Promise((resolve) => {
      const child = execFile(program, args, { env, cwd: this.folder }, (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
      });
    });
  }
}

/** Asks as Docker does, until the answer is yes. */
export const untilHealthy = async (ask: () => Promise<Said>): Promise<void> => {
  for (let tries = 60; ; tries--) {
    const { code, output } = await ask();
    if (code === 0) return;
    if (tries === 0) throw new Error(`it never became healthy: ${output}`);
    await sleep(500);
  }
};
