import { closeSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { begin } from './begin.js';
import type { ServiceState } from './engine-state.js';
import { findProcesses } from './find-processes.js';
import { openLog } from './log-file.js';
import { nextStep } from './next-step.js';
import { identify, isAlive, signal, type ProcessIdentity } from './process-identity.js';
import type { Service } from './service.js';
import { stopProcess } from './stop-process.js';

/** A process that shows no other sign of health is well when it has lived so long. */
const SETTLED_AFTER_MS = 700;

export interface Surroundings {
  home: string;
  /** what an earlier keeper wrote about it */
  known: ServiceState | undefined;
  /** a process that was started here has ended */
  onExit(): void;
}

/** One service and its process: started, adopted, watched, replaced. */
export class Supervised {
  private identity: ProcessIdentity | null;
  private make = '';
  private healthy = false;
  private provisioned = false;
  private restarts = -1;
  private failures = 0;
  private exit: string | null = null;
  private changedAt = 0;
  private silentSince: number | null = null;
  private logFrom: number | null = null;

  constructor(
    readonly service: Service,
    private readonly surroundings: Surroundings,
  ) {
    const { known } = surroundings;
    const remembered = known && isAlive(known) ? { pid: known.pid, started: known.started } : null;
    this.identity = remembered ?? findProcesses(service.marks)[0] ?? null;
    if (this.identity) {
      this.restarts = 0;
      this.make = remembered && known ? known.make : service.make;
    }
  }

  async tick(now: number): Promise<void> {
    const alive = this.identity !== null && isAlive(this.identity);
    const answers = alive && (await this.answers(now));
    if (!alive && this.identity) this.noteEnd(now);
    this.silentSince = alive && !answers && this.service.answers !== null ? (this.silentSince ?? now) : null;
    const step = nextStep({
      alive,
      answers,
      current: this.make === this.service.make,
      silentFor: this.silentSince === null ? 0 : now - this.silentSince,
      since: now - this.changedAt,
      failures: this.failures,
    });
    this.healthy = step === 'well' && this.noteWell(now);
    if (step === 'start') this.start(now);
    else if (step === 'kill' && this.identity) signal(this.identity, 'SIGKILL');
    else if (step === 'replace' && this.identity)
      await stopProcess(this.identity, this.service.stopSignal, 12_000);
  }

  /** Null as long as it was never started. */
  state(): ServiceState | null {
    const { identity, make, healthy, restarts, failures, exit, logFrom } = this;
    if (restarts < 0) return null;
    const log = logFrom === null ? {} : { logFrom };
    return { pid: 0, started: '', ...identity, make, healthy, restarts, failures, exit, ...log };
  }

  /** Somebody has mended what it died of, or hopes so: the next start waits no longer. */
  hurry(): void {
    this.failures = 0;
    this.changedAt = 0;
  }

  async stop(): Promise<void> {
    if (this.identity) await stopProcess(this.identity, this.service.stopSignal, 12_000);
  }

  private async answers(now: number): Promise<boolean> {
    const { answers, readyFile } = this.service;
    if (answers !== null) return await answers();
    if (readyFile === null) return now - this.changedAt >= SETTLED_AFTER_MS;
    return existsSync(readyFile) && readFileSync(readyFile, 'utf8') === String(this.identity?.pid);
  }

  private start(now: number): void {
    try {
      this.launch(now);
    } catch (error) {
      // the first time somebody waits who can mend it; later the rest must be kept alive
      if (this.restarts === 0) throw error;
      this.exit = String(error);
    }
  }

  private launch(now: number): void {
    this.changedAt = now;
    this.failures += 1;
    this.restarts += 1;
    this.make = this.service.make;
    this.provisioned = false;
    if (this.service.readyFile) rmSync(this.service.readyFile, { force: true });
    const launch = this.service.launch();
    const { home } = this.surroundings;
    const { handle, from } = openLog(home, this.service.name);
    this.logFrom = from;
    const child = begin(launch, { cwd: home, detached: true, stdio: ['ignore', handle, handle] });
    closeSync(handle);
    child.once('error', (error) => (this.exit = error.message));
    child.once('exit', (code, name) => {
      this.exit = name ? `killed by ${name}` : `exit code ${String(code)}`;
      this.surroundings.onExit();
    });
    child.unref();
    this.identity = child.pid === undefined ? null : identify(child.pid);
  }

  private noteEnd(now: number): void {
    this.identity = null;
    this.changedAt = now;
  }

  private noteWell(now: number): boolean {
    const { answers, readyFile } = this.service;
    if (answers !== null || readyFile !== null || now - this.changedAt > 30_000) this.failures = 0;
    try {
      if (!this.provisioned) this.service.provision?.();
      this.provisioned = true;
    } catch (error) {
      this.exit = String(error);
    }
    return this.provisioned;
  }
}
