import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../../src/storage/ledger/index.js';
import { repositoryWith } from '../../support/engine.js';
import { freshDatabase } from '../../support/postgres.js';
import { startTemporal } from '../../support/temporal.js';
import { Topology, untilHealthy } from './topology.js';

const TASK = `name: tiny
editable: [train.py]
run: { command: python3 train.py, budget: 5s }
measure:
  command: python3 evaluate.py
  metric: { name: loss, direction: minimize }
acceptance: { rule: strict }
budget: { experiments: 4 }
`;
const TRAIN = `RATE = 3.0  # range: 0.1..9
open("rate.txt", "w").write(str(RATE))
`;
const EVALUATE = `import os
rate = float(open(os.environ["AUTOLIFT_CANDIDATE"] + "/rate.txt").read())
print("METRIC:loss=" + str(abs(rate - 1)))
`;

let temporal: TestWorkflowEnvironment;
let databaseUrl: string;
let repository: string;
let topology: Topology;

beforeAll(async () => {
  [temporal, databaseUrl] = await Promise.all([startTemporal(), freshDatabase()]);
  repository = repositoryWith({ 'task.yaml': TASK, 'train.py': TRAIN, 'evaluate.py': EVALUATE });
  topology = new Topology({ temporalAddress: temporal.address, databaseUrl });
});

afterAll(async () => {
  await topology.close();
  await temporal.teardown();
});

test('the namespace job makes the namespace, and changes nothing a second time', async () => {
  for (let time = 0; time < 2; time++) expect(await topology.makeNamespace()).toMatchObject({ code: 0 });
});

test('health checks fail while no worker runs', async () => {
  expect(await topology.controlHealth()).toMatchObject({ code: 1 });
  expect(await topology.deviceHealth('cpu')).toMatchObject({ code: 1 });
});

test('workers that know nothing but their variables become healthy', async () => {
  topology.startControl();
  topology.startDevice();
  await untilHealthy(() => topology.controlHealth());
  await untilHealthy(() => topology.deviceHealth('cpu'));
  expect(await topology.deviceHealth('h100')).toMatchObject({ code: 1 });
});

test('a task runs to the end of its budget and is in the ledger, in git and in the blob store', async () => {
  const { code, output } = await topology.autolift('run', repository, '--tag', 'first');
  expect(code, `${output}\n${topology.log('control')}\n${topology.log('device')}`).toBe(0);

  const ledger = await openLedger(databaseUrl);
  const record = await ledger.record('tiny/first');
  await ledger.close();
  const experiments = record?.experiments ?? [];
  // rows come in the order of their verdicts
  const numbers = experiments.map(({ experiment }) => experiment).sort((a, b) => a - b);
  expect(numbers).toEqual([0, 1, 2, 3, 4]);
  expect(experiments[0]).toMatchObject({ outcome: 'keep', value: 2 });
  const hosts = experiments.flatMap(({ measurements }) => measurements.map(({ origin }) => origin));
  expect(new Set(hosts)).toEqual(new Set(['measured']));

  const refs = execFileSync('git', ['-C', repository, 'for-each-ref', '--format=%(refname)'], {
    encoding: 'utf8',
  }).split('\n');
  expect(refs).toContain('refs/heads/autoresearch/first');
  expect(readdirSync(join(topology.folder, 'blobs')).length).toBeGreaterThan(0);
});

test('the command starts no servers or workers of its own where others run them', () => {
  expect(existsSync(join(topology.controlHome, 'run'))).toBe(false);
  expect(existsSync(join(topology.controlHome, 'logs'))).toBe(false);
});

test('what the command prints can be asked again from another process', async () => {
  const { code, output } = await topology.autolift('status', 'tiny/first', '--json');
  expect(code, output).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ loop: 'tiny/first', spent: { experiments: 4 } });
});
