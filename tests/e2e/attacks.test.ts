import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import type { LoopRecord } from '../../src/contract/ledger.js';
import { random } from '../../src/domain/random.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { variants, type Variant } from './attack-variants.js';

const SECRET = 'sk-never-to-be-seen-by-candidates';
const TIMEOUT_SECONDS = 8;
/** finds the processes of these candidates among all others */
const MARK = `attack-${String(process.pid)}`;
const connections: string[] = [];

let engine: TestEngine;
let listener: Server;
let all: Variant[];
let record: LoopRecord;
let loop: string;

/** The agent knows by its seed which experiment it works for. */
const agent = (experiments: Variant[]): string => {
  const plan = experiments.map(({ name, code }, index) => [
    String(random('agent', 1, index + 1).int(2 ** 31)),
    [name, code],
  ]);
  return [
    'import json, os',
    `name, code = json.loads(${JSON.stringify(JSON.stringify(Object.fromEntries(plan)))})[os.environ["AUTOLIFT_SEED"]]`,
    'open("train.py", "w").write(code)',
    'print("IDEA: " + name)',
  ].join('\n');
};

const EVALUATE = [
  'import json, os',
  'path = os.path.join(os.environ["AUTOLIFT_CANDIDATE"], "out.json")',
  'assert os.path.isfile(path) and not os.path.islink(path), "out.json is no plain file"',
  'json.dump({"x": json.load(open(path))["x"]}, open("score.json", "w"))',
].join('\n');

const TASK = [
  'name: attacks',
  'editable: [train.py]',
  `run: { command: python3 train.py ${MARK}, budget: 2s, timeout: ${String(TIMEOUT_SECONDS)}s, memory: 256MiB }`,
  'measure: { command: python3 evaluate.py, metric: { name: x, direction: minimize, file: score.json } }',
  'proposer: { kind: command, command: python3 agent.py, network: false }',
  'acceptance: { rule: strict }',
  'stale: measure',
  'concurrency: 2',
].join('\n');

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2', OPENAI_API_KEY: SECRET });
  listener = createServer((socket) => connections.push(String(socket.remotePort)));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  all = variants((listener.address() as AddressInfo).port, SECRET);
  const repository = repositoryWith({
    'train.py': 'import json\njson.dump({"x": 10}, open("out.json", "w"))\n',
    'evaluate.py': EVALUATE,
    'agent.py': agent(all),
    'task.yaml': TASK,
  });
  const ran = await engine.autolift('run', repository, '--experiments', String(all.length), '--json');
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  const lines = ran.stdout.trim().split('\n');
  loop = (JSON.parse(lines.find((line) => line.includes('"started"')) ?? '{}') as { loop: string }).loop;
  const exported = await engine.autolift('export', loop, '--format', 'json');
  record = JSON.parse(exported.stdout) as LoopRecord;
}, 240_000);

afterAll(async () => {
  listener.close();
  await engine.close();
}, 60_000);

const rowOf = (name: string) => {
  const row = record.experiments.find(({ idea }) => idea === name);
  if (row === undefined) throw new Error(`no experiment "${name}"`);
  return row;
};

test('every attack ends as what it is, and none of them is kept', () => {
  const ended = all.map(({ name }) => [name, rowOf(name).outcome]);
  const expected = all.map(({ name, outcomes }) => [name, expect.toBeOneOf(outcomes) as unknown]);
  expect(ended).toEqual(expected);
});

test('what was tampered with is told in words', () => {
  for (const { name, says } of all) if (says !== undefined) expect(rowOf(name).reason).toMatch(says);
});

test('no loop starts from a candidate that tampered', async () => {
  const { experiment } = rowOf('prints a fake metric');
  const forked = await engine.autolift('fork', loop, String(experiment), '--tag', 'believer');
  expect([forked.code, forked.stderr]).toEqual([2, expect.stringContaining('tampered with its score')]);
});

test('honest candidates between the attacks get their own scores', () => {
  expect(rowOf('honest gain').value).toBe(9);
  expect(rowOf('second honest gain').value).toBe(8);
  const dishonest = record.experiments.filter(
    ({ experiment, outcome }) => experiment > 0 && outcome !== 'keep',
  );
  expect(dishonest.map(({ value }) => value ?? 20).filter((value) => value < 20)).toEqual([]);
});

test('an endless loop costs its timeout, and no other run is held for as long', () => {
  const [endless] = rowOf('never ends').measurements;
  expect(endless?.seconds.run).toBeGreaterThanOrEqual(TIMEOUT_SECONDS);
  expect(endless?.deviceSeconds).toBeLessThan(TIMEOUT_SECONDS * 2);
});

test('nothing reached the network, no key reached a run, and no daemon outlived its run', () => {
  expect(connections).toEqual([]);
  expect(JSON.stringify(record)).not.toContain(SECRET);
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  expect(processes.split('\n').filter((line) => line.includes(MARK))).toEqual([]);
});

test('a log of 100 MB stays out of the history', async () => {
  const [run] = rowOf('prints 100 MB').measurements;
  expect(run?.log?.bytes).toBeGreaterThan(1_000_000);
  expect(run?.tail.length).toBeLessThanOrEqual(4000);
  const connection = await Connection.connect(engine.settings.temporal.connection);
  const { historySize } = await new Client({ connection }).workflow.getHandle(loop).describe();
  await connection.close();
  expect(historySize).toBeLessThan(400_000);
});
