import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import { databaseUrl } from '../../src/workers/database-url.js';
import { repositoryWith, testEngine, type Said, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
let nonsense: Server;
let asked = 0;

const answer = {
  id: '1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Lovely weather.' } }],
  usage: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 },
};

beforeAll(async () => {
  nonsense = createServer((request, response) => {
    if (request.method === 'GET') return response.writeHead(404).end();
    asked += 1;
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve));
  const { port } = nonsense.address() as AddressInfo;
  engine = await testEngine({
    AUTOLIFT_CPU_DEVICES: '1',
    OPENAI_BASE_URL: `http://127.0.0.1:${String(port)}/v1`,
  });
  await engine.up();
}, 120_000);
afterAll(async () => {
  nonsense.close();
  await engine.close();
}, 60_000);

const task = (name: string, train: string, more = ''): string =>
  repositoryWith({
    'train.py': train,
    'task.yaml': `name: ${name}
editable: [train.py]
run: { command: python3 train.py, budget: 5s }
measure: { metric: { name: loss, direction: minimize } }
acceptance: { rule: strict }
budget: { experiments: 3 }
${more}`,
  });

const expectOneMessage = (said: Said, phrases: string[]): void => {
  for (const phrase of phrases) expect(said.stderr).toContain(phrase);
  expect(said.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(said.code).toBe(2);
};

test('a metric that never appears ends the loop at its baseline, with the end of the output and what to print', async () => {
  const said = await engine.autolift('run', task('no-metric', 'print("accuracy: 3")\n'));
  expectOneMessage(said, ['loss', 'accuracy: 3', 'METRIC:loss=value']);
});

test('a baseline that crashes is told with its last words', async () => {
  const said = await engine.autolift('run', task('crashing', 'raise ValueError("no such data set")\n'));
  expectOneMessage(said, ['no such data set']);
});

test('a command that only the shell can find missing is told', async () => {
  const shell = repositoryWith({
    'train.py': 'A = 1\n',
    'task.yaml': [
      'name: no-program',
      'editable: [train.py]',
      'run: { command: "cd . && frobnicate train.py", budget: 5s }',
      'measure: { metric: { name: loss, direction: minimize } }',
    ].join('\n'),
  });
  expectOneMessage(await engine.autolift('run', shell), ['frobnicate', 'not found']);
});

test('a model that answers nonsense costs its experiments, with the reason, and the loop ends by itself', async () => {
  const folder = task(
    'nonsense',
    'print("loss: 1")\n',
    'proposer: { kind: openai, model: m, attempts: 2 }\n',
  );
  const said = await engine.autolift('run', folder, '--json');
  expect(said.code).toBe(0);
  const exported = await engine.autolift('export', 'nonsense', '--format', 'json');
  const { experiments, modelCalls } = JSON.parse(exported.stdout) as LoopRecord;
  const tried = experiments.filter(({ experiment }) => experiment > 0);
  expect(tried.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
  for (const { reason, usage } of tried) {
    expect(reason).not.toBe('');
    expect(usage.calls).toBe(2);
  }
  expect(modelCalls.map(({ status }) => status)).toEqual(Array(6).fill('malformed'));
  expect(asked).toBe(6);
});

test('a ledger older than the code is brought up to date, a newer one is refused and left alone', async () => {
  const client = new pg.Client({ connectionString: databaseUrl(engine.settings) });
  await client.connect();
  try {
    await client.query('DROP SCHEMA autolift CASCADE');
    const empty = await engine.autolift('loops', '--json');
    expect([empty.code, JSON.parse(empty.stdout)]).toEqual([0, []]);
    await client.query("INSERT INTO autolift.migrations (version, name) VALUES (999, 'from the future')");
    const said = await engine.autolift('run', task('future', 'print("loss: 1")\n'));
    expectOneMessage(said, ['schema 999', 'update autolift']);
    const { rows } = await client.query('SELECT * FROM autolift.loops');
    expect(rows).toEqual([]);
  } finally {
    await client.end();
  }
});
