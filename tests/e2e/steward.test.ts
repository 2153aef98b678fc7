import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createStewardClient } from '../../src/activities/steward-client/steward-client.js';
import { questionId, type Heard, type HoldoutAnswer } from '../../src/contract/steward.js';
import { stewardPort } from '../../src/workers/steward-port.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { CANARY, solver, toyQuery, toyRepository, writeSuite, writeVault } from '../support/toy-vault.js';

let engine: TestEngine;
let root: string;
let port: ReturnType<typeof stewardPort>;
let answer: HoldoutAnswer;
let loop: string;
let exported: string;

const repository = toyRepository();
const incumbent = repository.commit(solver(0.5));
const candidate = repository.commit(solver(0.2));
const query = toyQuery({ repository: repository.folder, incumbent, candidate });

/** Looks for the canary where the steward keeps it; its own source doesn't hold it in one piece. */
const seeker = (folder: string): string => `
import os
word = "${CANARY.slice(0, 9)}" + "${CANARY.slice(9)}"
found = []
for base in (${JSON.stringify(folder)}, ${JSON.stringify(join(folder, 'steward', 'vaults'))}):
    for at, _, names in os.walk(base):
        for name in names:
            try:
                if word in open(os.path.join(at, name), errors="replace").read(): found.append(name)
            except OSError: pass
verdict = "FOUND" if found else "nothing"
`;

const ask = async (more: Partial<typeof query> = {}): Promise<HoldoutAnswer> => {
  const client = createStewardClient({ steward: port.port });
  const asked = { query: { ...query, ...more }, away: false };
  const heard: Heard = await new MockActivityEnvironment().run(async () => await client.askSteward(asked));
  if ('away' in heard) throw new Error('the steward was away');
  return heard.answer;
};

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '1' });
  root = join(engine.home, 'steward');
  writeVault(root, { answerAfter: '12s' });
  writeSuite(root, { name: 'last', kind: 'reserve', eps: undefined });
  for (const name of ['toy', 'last'])
    expect(await engine.autolift('vault', 'seal', name)).toMatchObject({ code: 0 });
  port = stewardPort(engine.settings);

  const task = repositoryWith({
    'run.py': `${seeker(engine.home)}\nprint("METRIC:x=" + ("0" if found else "1"))\n`,
    'knob.py': 'A = 1\n',
    'agent.py': `${seeker(engine.home)}\nopen("knob.py", "w").write("A = " + os.environ["AUTOLIFT_SEED"])\nprint("IDEA: agent: " + verdict)\n`,
    'task.yaml': [
      'name: toy',
      'editable: [knob.py]',
      'run: { command: python3 run.py, budget: 5s }',
      'measure: { metric: { name: x, direction: minimize } }',
      'holdout: { vault: toy, command: python3 score.py }',
      'proposer: { kind: command, command: python3 agent.py, network: false }',
      'acceptance: { rule: strict }',
    ].join('\n'),
  });
  const ran = await engine.autolift('run', task, '--experiments', '2', '--json');
  expect(ran).toMatchObject({ code: 0 });
  loop = (
    JSON.parse(ran.stdout.split('\n').find((line) => line.includes('"started"')) ?? '{}') as { loop: string }
  ).loop;
  exported = (await engine.autolift('export', loop, '--format', 'json')).stdout;
  answer = await ask();
}, 240_000);

afterAll(async () => {
  await port.close();
  await engine.close();
}, 60_000);

test('a task with a holdout brings its steward, which answers in a namespace of its own', () => {
  expect(answer).toMatchObject({ v: 1, verdict: 'pays', reason: null, left: { queries: 999, passes: 999 } });
});

test('the same question gets the same answer, without another charge', async () => {
  expect(await ask()).toEqual(answer);
});

test('agent and candidate that look for the vault find nothing', () => {
  expect(exported).toContain('agent: nothing');
  expect(exported).not.toContain('FOUND');
  const { experiments } = JSON.parse(exported) as { experiments: { value: number }[] };
  expect(experiments.map(({ value }) => value)).toEqual([1, 1, 1]);
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);

const numbers = (): string[] =>
  readdirSync(join(root, 'numbers')).flatMap((name) => {
    const { pairs } = JSON.parse(readFileSync(join(root, 'numbers', name), 'utf8')) as {
      pairs: { candidate: number; incumbent: number; seed: number }[];
    };
    return pairs.flatMap((pair) => [pair.candidate, pair.incumbent, pair.seed].map(String));
  });

test('no word and no number of the vault is in any file of the engine: servers, ledger, blobs, logs', () => {
  const secrets = [CANARY, ...numbers()];
  expect(secrets.length).toBeGreaterThan(10);
  const outside = filesBelow(engine.home).filter((file) => !file.startsWith(`${root}/`));
  expect(outside.some((file) => file.endsWith('temporal.db'))).toBe(true);
  const leaks = outside.flatMap((file) => {
    const bytes = readFileSync(file);
    return secrets.filter((secret) => bytes.includes(secret)).map((secret) => [file, secret]);
  });
  expect(leaks).toEqual([]);
  // the same search finds them where they are
  expect(filesBelow(root).some((file) => readFileSync(file).includes(CANARY))).toBe(true);
});

test('neither history holds a number, a path of the vault or a word of it', async () => {
  const connection = await Connection.connect(engine.settings.temporal.connection);
  const text = async (namespace: string, id: string): Promise<string> => {
    const history = await new Client({ connection, namespace }).workflow.getHandle(id).fetchHistory();
    const payloads = JSON.stringify(history).matchAll(/"data":"([^"]*)"/g);
    return [...payloads].map(([, data = '']) => Buffer.from(data, 'base64').toString()).join('\n');
  };
  const both = [await text('autolift-steward', questionId(query)), await text('default', loop)];
  await connection.close();
  expect(both[0]).toContain('pays');
  for (const history of both)
    for (const secret of [CANARY, root, ...numbers()]) expect(history).not.toContain(secret);
});

const stewardPid = (): number =>
  Number(execFileSync('pgrep', ['-f', `steward-main.js --home ${engine.home}`], { encoding: 'utf8' }).trim());

test('a steward that is killed in the middle of a question answers it all the same, and charges once', async () => {
  const answering = ask({ experiment: 2 });
  const log = join(root, 'audit.jsonl');
  while (!readFileSync(log, 'utf8').includes('"question":"toy/test/2/keep"')) await sleep(50);
  process.kill(stewardPid(), 'SIGKILL');
  expect(await answering).toMatchObject({ verdict: 'pays', left: { queries: 998, passes: 998 } });
  const about = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('toy/test/2/keep'));
  expect(about.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['query', 'score']);
});

test('the steward holds no key of a model and no way to the ledger', () => {
  const environment = readFileSync(`/proc/${String(stewardPid())}/environ`, 'utf8');
  expect(environment).toContain('AUTOLIFT_HOME');
  expect(environment).not.toMatch(/OPENAI|ANTHROPIC|DATABASE_URL|API_KEY/);
});

test('the audit verifies and replays, and names the record that somebody changed', async () => {
  const fine = await engine.autolift('audit');
  expect(fine).toMatchObject({ code: 0 });
  expect(fine.stdout).toMatch(/records hold; 2 answers? decided again/);
  const file = join(root, 'audit.jsonl');
  const honest = readFileSync(file, 'utf8');
  writeFileSync(file, honest.replace('"verdict":"pays"', '"verdict":"flat"'));
  const edited = await engine.autolift('audit');
  expect(edited.code).toBe(1);
  expect(edited.stdout).toMatch(/record 3 was changed after it was written/);
  writeFileSync(file, honest);
  expect(await engine.autolift('audit', '--loop', loop)).toMatchObject({ code: 0 });
});

test('a reserve tells its number to a person once', async () => {
  const open = ['reserve', 'open', 'last', '--task', repository.folder, '--commit', candidate];
  const first = await engine.autolift(...open);
  expect(first.stdout).toMatch(/^loss 0\.2\d* ± .* over 4 instances of last@1/);
  const second = await engine.autolift(...open);
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(/was opened on .*\n {2}A reserve opens once/);
  expect(readFileSync(join(root, 'audit.jsonl'), 'utf8')).toContain('"kind":"reserve"');
});

test('doctor says which walls do not stand', async () => {
  const { stdout } = await engine.autolift('doctor');
  expect(stdout).toMatch(/! steward .* belongs to this user/);
  expect(stdout).toMatch(/! steward .* asks nobody for a key/);
});

test('a folder that others can enter is refused', async () => {
  chmodSync(root, 0o755);
  const { code, stderr } = await engine.autolift('vault', 'seal', 'toy');
  chmodSync(root, 0o700);
  expect(code).toBe(2);
  expect(stderr).toMatch(/can be entered by others \(mode 755\)\n {2}chmod 700/);
});

test('down ends the steward with the rest', async () => {
  expect(stewardPid()).toBeGreaterThan(0);
  expect(await engine.autolift('down')).toMatchObject({ code: 0 });
  // pgrep finds none: what was killed and not yet buried has no command line
  expect(stewardPid).toThrow(/pgrep/);
});
