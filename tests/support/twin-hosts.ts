import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoopStatus } from '../../src/contract/loop.js';
import type { FleetView } from '../../src/domain/fleet/fleet-view.js';
import { startDeviceHost } from './device-host.js';
import { repositoryWith, testEngine, type TestEngine } from './engine.js';
import { until } from './until.js';

export const TWIN = 'twin';

/** The baseline ends at once; a candidate only in an attempt that goes on from the checkpoint of another. */
const RUN = `. ./train.sh
if [ "$AUTOLIFT_RESUME_FROM" ]; then echo METRIC:x=$(cat "$AUTOLIFT_RESUME_FROM"); exit; fi
env
if [ $((A + B)) = 608 ]; then echo METRIC:x=608; exit; fi
echo 41 > c.tmp; mv c.tmp c.pt
echo PROGRESS step=7 loss=2.5 checkpoint=c.pt
sleep 900
`;

const TASK = (name: string, device: string): string => `name: ${name}
editable: [train.sh]
run: { command: sh run.sh, device: ${device}, budget: 600s, timeout: 800s, checkpoint: { path: c.pt, every: 1s } }
measure: { metric: { name: x, direction: maximize } }
acceptance: { rule: strict }
budget: { experiments: 1 }
`;

/** A task of one experiment, whose run ends only after its first host has gone. */
export const handedOn = (name: string, device: string): string =>
  repositoryWith({ 'train.sh': 'A=531\nB=77\n', 'run.sh': RUN, 'task.yaml': TASK(name, device) });

/** Two device hosts of one class, which share with each other nothing but the artifact store. */
export class TwinHosts {
  readonly hosts = new Map<string, ChildProcess>();

  private constructor(readonly engine: TestEngine) {}

  static async up(): Promise<TwinHosts> {
    const twins = new TwinHosts(await testEngine({ AUTOLIFT_CPU_DEVICES: '1' }));
    mkdirSync(twins.store);
    await twins.engine.up();
    twins.start();
    twins.start();
    await until(
      () => twins.living(),
      (up) => up.length === 2,
    );
    return twins;
  }

  get store(): string {
    return join(this.engine.home, 'store');
  }

  start(): void {
    const home = mkdtempSync(join(tmpdir(), 'autolift-twin-'));
    symlinkSync(this.store, join(home, 'blobs'));
    this.hosts.set(home, startDeviceHost(this.engine, TWIN, home));
  }

  kill(home: string): void {
    const pid = this.hosts.get(home)?.pid;
    if (pid === undefined) throw new Error(`no host of ours lives in ${home}`);
    process.kill(-pid, 'SIGKILL');
    this.hosts.delete(home);
    rmSync(home, { recursive: true, force: true });
  }

  async json<T>(...args: string[]): Promise<T> {
    return JSON.parse((await this.engine.autolift(...args)).stdout) as T;
  }

  async living(): Promise<FleetView['hosts']> {
    const { hosts } = await this.json<FleetView>('fleet', '--json');
    return hosts.filter(({ classes, state }) => classes.includes(TWIN) && state === 'up');
  }

  async runLoop(): Promise<{ code: number; stderr: string }> {
    return this.engine.autolift('run', handedOn('twins', TWIN), '--tag', 't', '--detach');
  }

  async status(): Promise<LoopStatus> {
    return this.json<LoopStatus>('status', 'twins/t', '--json');
  }

  async close(): Promise<void> {
    for (const home of this.hosts.keys()) this.kill(home);
    await this.engine.close();
  }
}
