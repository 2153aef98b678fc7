import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { repositoryWith, type Said } from '../support/engine.js';

const CLI = new URL('../../bin/autolift.mjs', import.meta.url).pathname;
const run = promisify(execFile);
const closing: (() => void)[] = [];

let home: string;
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'autolift-bad-')), 'home');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});
afterAll(() => {
  for (const close of closing) close();
});

const autolift = async (args: string[], extra: Record<string, string> = {}): Promise<Said> => {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, AUTOLIFT_HOME: home, ...extra };
  try {
    return { code: 0, ...(await run(process.execPath, [CLI, ...args], { env, timeout: 60_000 })) };
  } catch (error) {
    return error as Said;
  }
};

const portOf = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
};

const takenPort = async (): Promise<number> => portOf(createServer());

const closedPort = async (): Promise<number> => {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const modelServer = async (status: number): Promise<string> => {
  const server = createHttpServer((_, response) => response.writeHead(status).end('{}'));
  return `http://127.0.0.1:${String(await portOf(server))}/v1`;
};

const GOOD = `name: bad
editable: [train.py]
run: { command: python3 train.py, budget: 5s }
measure: { command: python3 evaluate.py, metric: { name: x, direction: minimize } }
`;

const repository = (yaml: string | null): string =>
  repositoryWith({
    'train.py': 'A = 1\n',
    'evaluate.py': 'print("METRIC:x=1")\n',
    ...(yaml === null ? {} : { 'task.yaml': yaml }),
  });

/** One message for people, exit code 2, and not a trace of a start. */
const expectRefusal = (said: Said, folder: string, phrases: string[]): void => {
  for (const phrase of phrases) expect(said.stderr).toContain(phrase);
  expect(said.code).toBe(2);
  expect(said.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(said.stdout).toBe('');
  expect(existsSync(home)).toBe(false);
  if (!existsSync(join(folder, '.git'))) return;
  const refs = execFileSync('git', ['-C', folder, 'for-each-ref', '--format=%(refname)'], {
    encoding: 'utf8',
  });
  expect(refs.trim().split('\n')).toHaveLength(1);
};

const model = 'proposer: { kind: openai, model: some-model }\n';

test.each([
  ['no task.yaml', null, ['there is no task.yaml', 'autolift init']],
  [
    'an unknown key',
    `${GOOD}budgt: { experiments: 3 }\n`,
    ['unknown key "budgt"', 'did you mean "budget"?', 'line 5'],
  ],
  ['a missing key', GOOD.replace('editable: [train.py]\n', ''), ['editable', 'missing']],
  ['an ill-typed key', GOOD.replace('budget: 5s', 'budget: soon'), ['run.budget', 'soon', '90s, 5m or 8h']],
  [
    'a command that does not exist',
    GOOD.replace('python3 train.py', 'pyton3 train.py'),
    ['"pyton3" is not on the PATH'],
  ],
  [
    'a script that does not exist',
    GOOD.replace('python3 train.py', 'python3 trian.py'),
    ['no file trian.py', 'train.py'],
  ],
  ['a glob that matches nothing', GOOD.replace('[train.py]', '[model/*.py]'), ['model/*.py', 'matches no']],
  ['a glob that covers the evaluator', GOOD.replace('[train.py]', '["*.py"]'), ['evaluate.py']],
  ['a model proposer without a key', GOOD + model, ['OPENAI_API_KEY is not set']],
])('%s is refused before anything starts', async (_, yaml, phrases) => {
  const folder = repository(yaml);
  expectRefusal(await autolift(['run', folder]), folder, phrases);
});

test('a folder outside of any git repository is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-nogit-'));
  writeFileSync(join(folder, 'task.yaml'), GOOD);
  expectRefusal(await autolift(['run', folder]), folder, ['git', 'git init']);
});

test('a model server that cannot be reached is refused', async () => {
  const folder = repository(GOOD + model);
  const base = `http://127.0.0.1:${String(await closedPort())}/v1`;
  const said = await autolift(['run', folder], { OPENAI_BASE_URL: base });
  expectRefusal(said, folder, ['cannot be reached', 'OPENAI_BASE_URL']);
});

test('a wrong key is refused, and not repeated', async () => {
  const folder = repository(GOOD + model);
  const env = { OPENAI_BASE_URL: await modelServer(401), OPENAI_API_KEY: 'sk-wrong' };
  const said = await autolift(['run', folder], env);
  expectRefusal(said, folder, ['refuses the key (401)', 'OPENAI_API_KEY']);
  expect(said.stderr).not.toContain('sk-wrong');
});

test.each([
  ['TEMPORAL_ADDRESS', (port: number) => `127.0.0.1:${String(port)}`],
  ['DATABASE_URL', (port: number) => `postgres://someone:secret@127.0.0.1:${String(port)}/ledger`],
])('a server named by %s that cannot be reached is refused', async (variable, address) => {
  const folder = repository(GOOD);
  const said = await autolift(['run', folder], { [variable]: address(await closedPort()) });
  expectRefusal(said, folder, [`127.0.0.1:`, `correct ${variable}`]);
  expect(said.stderr).not.toContain('secret');
});

test('a port that is taken is refused with the variable that moves it', async () => {
  const folder = repository(GOOD);
  const port = String(await takenPort());
  const said = await autolift(['run', folder], { AUTOLIFT_TEMPORAL_PORT: port });
  expect(said.stderr).toContain(`port ${port} is taken by`);
  expect(said.stderr).toContain('set AUTOLIFT_TEMPORAL_PORT to a free port');
  expect(said.stderr).not.toMatch(/^\s+at /m);
  expect(said.code).toBe(2);
});

test("a home folder that can't be made is refused", async () => {
  const folder = repository(GOOD);
  home = '/proc/autolift';
  expectRefusal(await autolift(['run', folder]), folder, ["the folder can't be made", 'AUTOLIFT_HOME']);
});

test('a wrong flag and a wrong command are refused with the nearest one', async () => {
  const folder = repository(GOOD);
  expectRefusal(await autolift(['run', folder, '--experimnts', '3']), folder, [
    '--experimnts',
    '--experiments',
  ]);
  expectRefusal(await autolift(['rnu', folder]), folder, ['rnu', 'run']);
  expectRefusal(await autolift(['run', folder, '--experiments', 'many']), folder, ['many', '--experiments']);
});
