import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { framework } from '../support/framework.js';
import { RemoteHosts } from '../support/remote-hosts.js';

const GPT = new URL('../../examples/gpt/', import.meta.url).pathname;
const EXPERIMENTS = 10;
const PORTS = [
  { name: 'PyTorch', file: 'task.yaml', device: 'cpu-torch', python: framework('torch') },
  { name: 'MLX', file: 'mlx.yaml', device: 'cpu-mlx', python: framework('mlx') },
];
const there = PORTS.flatMap(({ python }) => (python === null ? [] : [dirname(python)]));

const hosts = new RemoteHosts();
let engine: TestEngine;
// a host for each port, of a class of its own, which shares nothing with the control side but a remote and a store
beforeAll(async () => {
  const store = { AUTOLIFT_ARTIFACTS: hosts.store };
  engine = await testEngine({ AUTOLIFT_GIT_REMOTE: `file://${hosts.remote}`, ...store });
  await engine.up();
  const { address } = engine.settings.temporal;
  for (const { device } of PORTS)
    hosts.start(device, { address, artifacts: store, hidden: [engine.home], path: there });
}, 120_000);
afterAll(async () => {
  await hosts.close();
  await engine.close();
}, 60_000);

const SHORTER: [RegExp, string][] = [
  [/budget: 60s/, 'budget: 3s'],
  [/^acceptance: .*$/m, 'acceptance: { rule: strict, repeats: 2, falseKeeps: 1 }'],
];

const repositoryOf = ({ file, device }: (typeof PORTS)[number], python: string): string => {
  const names = readdirSync(GPT).filter((name) => /\.(py|yaml|md)$/.test(name));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(GPT, name), 'utf8')]));
  let text = files[file] ?? '';
  const here: [RegExp, string] = [/device: cpu/, `device: ${device}\n  env: { OMP_NUM_THREADS: "1" }`];
  for (const [long, short] of [...SHORTER, here]) {
    expect(text).toMatch(long);
    text = text.replace(long, short);
  }
  // the smallest model: a core does in seconds what a GPU doesn't notice
  for (const script of ['train.py', 'train_mlx.py'])
    files[script] = (files[script] ?? '').replace(/^DEEPER = .*/m, 'DEEPER = -1  # range: -1..0');
  return repositoryWith({ ...files, [file]: text.replaceAll('command: python3', `command: ${python}`) });
};

for (const port of PORTS) {
  const { name, file, device, python } = port;
  const why = python === null ? ' (it is not installed: node scripts/frameworks.mjs)' : '';

  test.skipIf(python === null)(
    `gpt: ten experiments of ${name} on a host of their own class${why}`,
    async () => {
      const folder = repositoryOf(port, python ?? '');
      const flags = ['--experiments', String(EXPERIMENTS), '--json'];
      const said = await engine.autolift('run', join(folder, file), ...flags);
      expect(said.stderr + String(said.code)).toBe('0');
      const ended = JSON.parse(said.stdout.trim().split('\n').at(-1) ?? '') as LoopStatus;
      expect([ended.phase, ended.spent.experiments]).toEqual(['done', EXPERIMENTS]);
      expect(ended.baseline?.value).toBeGreaterThan(1);
      expect(ended.baseline?.value).toBeLessThan(8);

      const exported = await engine.autolift('export', ended.loop, '--format', 'json');
      const { experiments } = JSON.parse(exported.stdout) as LoopRecord;
      const runs = experiments.flatMap(({ measurements }) => measurements);
      const scored = runs.filter(({ status }) => status === 'ok');
      expect(scored.length).toBeGreaterThan(EXPERIMENTS);
      expect(scored.map((run) => run.device.facts?.start?.warm)).toEqual(scored.map(() => true));
      expect(new Set(runs.map((run) => run.device.class))).toEqual(new Set([device]));
      expect(new Set(scored.map(({ origin }) => origin))).toEqual(new Set(['measured']));
      expect(experiments.filter(({ outcome }) => outcome === 'tampered')).toEqual([]);
      rmSync(folder, { recursive: true, force: true });
    },
  );
}
