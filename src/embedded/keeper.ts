import { UserError } from '../contract/user-error.js';
import type { Settings } from '../workers/settings.js';
import { readDesired, serverServices, workerServices, type Desired } from './desired.js';
import { portsOf, readState, writeState, type EngineState, type ServiceState } from './engine-state.js';
import { Nap } from './nap.js';
import type { ProcessIdentity } from './process-identity.js';
import { Supervised } from './supervised.js';
import { workerMake, type WorkerMake } from './worker-make.js';

const POLL_MS = 1000;
const POLL_WHILE_STARTING_MS = 50;

/** Keeps everything that is desired alive until it is told to end; then it leaves all of it running. */
export class Keeper {
  private readonly servers: Supervised[];
  private readonly workers = new Map<string, Supervised>();
  private readonly known: Record<string, ServiceState>;
  private readonly nap = new Nap();
  private ended = false;
  private readonly make: WorkerMake;
  private desired: Desired = { workers: false, devices: [] };
  private written = '';

  constructor(
    private readonly settings: Settings,
    private readonly identity: ProcessIdentity,
  ) {
    this.make = workerMake(settings.environment);
    this.known = readState(settings.home)?.services ?? {};
    this.servers = serverServices(settings).map((service) => this.supervise(service));
  }

  end(): void {
    this.ended = true;
    this.nap.poke();
  }

  /** Somebody waits in `up`: looks at what is desired, and tries again what died, now. */
  poke(): void {
    for (const one of [...this.servers, ...this.workers.values()]) if (one.state()?.pid === 0) one.hurry();
    this.nap.poke();
  }

  async run(): Promise<void> {
    while (!this.ended) {
      const ready = await this.tick();
      this.write(ready, null);
      await this.nap.take(ready ? POLL_MS : POLL_WHILE_STARTING_MS);
    }
  }

  /** For whoever waits in `up`: why there will be no engine. */
  giveUp(error: unknown): void {
    const problem =
      error instanceof UserError
        ? { what: error.what, where: error.where, fix: error.fix }
        : { what: String(error), where: 'keeper', fix: 'See logs/keeper.log in AUTOLIFT_HOME.' };
    this.write(false, problem);
  }

  private async tick(): Promise<boolean> {
    await Promise.all(this.servers.map((server) => server.tick(Date.now())));
    // a worker without its servers would only fail and retry
    if (!this.servers.every(isHealthy)) return false;
    this.desired = readDesired(this.settings.home) ?? this.desired;
    await this.matchWorkers();
    const workers = [...this.workers.values()];
    await Promise.all(workers.map((worker) => worker.tick(Date.now())));
    return [...this.servers, ...workers].every(isHealthy);
  }

  private async matchWorkers(): Promise<void> {
    const wanted = workerServices(this.settings, this.desired);
    for (const service of wanted)
      if (!this.workers.has(service.name)) this.workers.set(service.name, this.supervise(service));
    for (const [name, worker] of this.workers)
      if (!wanted.some((service) => service.name === name)) {
        await worker.stop();
        this.workers.delete(name);
      }
  }

  private readonly supervise = (service: Supervised['service']): Supervised =>
    new Supervised(service, {
      home: this.settings.home,
      known: this.known[service.name],
      onExit: () => this.nap.poke(),
    });

  private write(ready: boolean, problem: EngineState['problem']): void {
    const supervised = [...this.servers, ...this.workers.values()];
    const states = supervised.flatMap((one): [string, ServiceState][] => {
      const state = one.state();
      return state ? [[one.service.name, state]] : [];
    });
    const state: EngineState = {
      v: 1,
      keeper: this.identity,
      make: this.make,
      ports: portsOf(this.settings),
      desired: this.desired,
      ready,
      problem,
      services: Object.fromEntries(states),
    };
    const text = JSON.stringify(state);
    if (text !== this.written) writeState(this.settings.home, state);
    this.written = text;
  }
}

const isHealthy = (one: Supervised): boolean => one.state()?.healthy ?? false;
