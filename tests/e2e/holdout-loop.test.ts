import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import type { LoopRecord } from '../../src/contract/ledger.js';
import { random } from '../../src/domain/random.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { repositoryWith, testEngine, type Said, type TestEngine } from '../support/engine.js';
import { CANARY, solver, writeVault } from '../support/toy-vault.js';

/** What the loop's own measure sees, and how far off the solver really is. */
const CHANGES = [
  { claims: 0.9, off: 0.2 },
  { claims: 0.8, off: 0.2 },
  { claims: 0.7, off: 0.9 },
];

/** By its seed an agent knows which experiment it is for. */
const seedOf = (experiment: number): number => random('agent', 1, experiment).int(2 ** 31);

/** Looks everywhere for the canary, and for what the holdout said; its own source holds neither word in one piece. */
const SEEKER = `
import os, re
word = "${CANARY.slice(0, 9)}" + "${CANARY.slice(9)}"
told = "hold" + "out:"
found = [name for name, value in os.environ.items() if word in value]
def look(file):
    try:
        if word in open(file, errors="replace").read(): found.append(file)
    except (OSError, ValueError): pass
for base in ("HOME_OF_ENGINE", os.path.join("HOME_OF_ENGINE", "steward"), "/proc", os.getcwd()):
    for at, folders, names in os.walk(base):
        if base == "/proc":
            folders[:] = [one for one in folders if one.isdigit()] if at == "/proc" else []
            names = [one for one in names if one in ("environ", "cmdline")]
        for name in names: look(os.path.join(at, name))
`;

const AGENT = `
prompt = open(os.environ["AUTOLIFT_PROMPT_FILE"]).read()
if word in prompt: found.append("prompt")
if told in prompt or re.search(r"harmful|undecided|\\bflat\\b|record [0-9a-f]{12}", prompt): found.append("verdict")
n, claims, off = ${JSON.stringify(Object.fromEntries(CHANGES.map(({ claims, off }, at) => [seedOf(at + 1), [at + 1, claims, off]])))}[os.environ["AUTOLIFT_SEED"]]
text = open("solve.py").read()
text = re.sub(r"# CLAIMS .*", f"# CLAIMS {claims}", text)
open("solve.py", "w").write(re.sub(r"sum\\(xs\\) \\+ [0-9.]+", f"sum(xs) + {off}", text))
print("IDEA: agent " + ("FOUND " + " ".join(found) if found else "found nothing") + f", {n}")
`;

let engine: TestEngine;
let root: string;
let said: Said;
let loop: string;
let record: LoopRecord;

const loopOf = ({ stdout }: Said): string =>
  (JSON.parse(stdout.split('\n').find((line) => line.includes('"started"')) ?? '{}') as { loop: string })
    .loop;

const stewardPid = (): number =>
  Number(execFileSync('pgrep', ['-f', `steward-main.js --home ${engine.home}`], { encoding: 'utf8' }).trim());

/** Kills the steward once, while it has the third question. */
const killDuring = async (question: string): Promise<void> => {
  const log = join(root, 'audit.jsonl');
  while (!readFileSync(log, 'utf8').includes(question)) await sleep(50);
  process.kill(stewardPid(), 'SIGKILL');
};

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '1' });
  root = join(engine.home, 'steward');
  writeVault(root, { answerAfter: '12s', eps: 0.01, pairs: { least: 4, most: 8 } });
  const seeker = SEEKER.replaceAll('HOME_OF_ENGINE', engine.home);
  const task = repositoryWith({
    'solve.py': solver(0.5, '# CLAIMS 1'),
    'run.py': `${seeker}\nimport time\ntime.sleep(3.2)  # long enough that nothing waits on deck\nclaims = re.search(r"# CLAIMS (.*)", open("solve.py").read()).group(1)\nprint("METRIC:x=" + ("0.0001" if found else claims))\n`,
    'agent.py': `${seeker}${AGENT}`,
    'task.yaml': [
      'name: toy',
      'editable: [solve.py]',
      'run: { command: python3 run.py, budget: 20s }',
      'measure: { metric: { name: x, direction: minimize } }',
      'holdout: { vault: toy, command: python3 score.py }',
      'validate: every-keep',
      'proposer: { kind: command, command: python3 agent.py, network: false }',
      'acceptance: { rule: strict }',
      'ahead: 0',
    ].join('\n'),
  });
  const unsealed = await engine.autolift('run', task, '--experiments', '3', '--json');
  expect(unsealed).toMatchObject({ code: 2, stdout: '' });
  expect(unsealed.stderr).toMatch(/vault is not sealed[^]*As the steward: `autolift vault seal toy`/);
  expect(await engine.autolift('vault', 'seal', 'toy')).toMatchObject({ code: 0 });
  const killing = killDuring('/3/keep"');
  said = await engine.autolift('run', task, '--experiments', '3', '--json');
  await killing;
  loop = loopOf(said);
  record = JSON.parse((await engine.autolift('export', loop, '--format', 'json')).stdout) as LoopRecord;
}, 300_000);

afterAll(async () => {
  await engine.close();
}, 60_000);

test('every gain of the search is asked about, and only one that pays there too is kept', () => {
  expect(said).toMatchObject({ code: 0 });
  expect(record.experiments.map(({ outcome }) => outcome)).toEqual([
    'keep',
    'keep',
    'unconfirmed',
    'unconfirmed',
  ]);
  const words = record.experiments.map(
    ({ reason }) => /; holdout: (\w+) \(record [0-9a-f]{12}\)$/.exec(reason)?.[1],
  );
  expect(words).toEqual([undefined, 'pays', 'flat', 'harmful']);
});

test('status, page and page of the loop show the share that was confirmed, and no number of the vault', async () => {
  const status = JSON.parse((await engine.autolift('status', loop, '--json')).stdout) as LoopStatus;
  expect(status.holdout).toMatchObject({
    vault: 'toy',
    validate: 'every-keep',
    answers: { pays: 1, flat: 1, harmful: 1 },
    left: { queries: 997, passes: 997 },
  });
  const { stdout } = await engine.autolift('status', loop);
  expect(stdout).toContain('confirmed 1 of 3 gains of the search (1 pays, 1 flat, 1 harmful)');
  const page = join(engine.home, 'page.html');
  expect(await engine.autolift('report', loop, '--output', page)).toMatchObject({ code: 0 });
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('confirmed 1 of 3 gains of the search');
  for (const secret of secrets()) expect(html).not.toContain(secret);
});

test('candidates and agent that look everywhere find no word of the vault, and the prompt has no verdict', () => {
  for (const { idea, experiment } of record.experiments.slice(1))
    expect(idea).toBe(`agent found nothing, ${String(experiment)}`);
  expect(record.experiments.map(({ value }) => value)).toEqual([1, 0.9, 0.8, 0.7]);
});

const secrets = (): string[] => [
  CANARY,
  ...readdirSync(join(root, 'numbers')).flatMap((name) => {
    const { pairs } = JSON.parse(readFileSync(join(root, 'numbers', name), 'utf8')) as {
      pairs: { candidate: number; incumbent: number; seed: number }[];
    };
    return pairs.flatMap((pair) => [pair.candidate, pair.incumbent, pair.seed].map(String));
  }),
];

test('no word and no number of the vault is in any file of servers, ledger, transcripts, logs or the repository', () => {
  const wanted = secrets();
  expect(wanted.length).toBeGreaterThan(30);
  const files = readdirSync(engine.home, { recursive: true, encoding: 'utf8' })
    .map((name) => join(engine.home, name))
    .filter(
      (file) => !file.startsWith(`${root}/`) && statSync(file, { throwIfNoEntry: false })?.isFile() === true,
    );
  for (const name of ['temporal.db', 'control.log', 'device-1.log', 'steward.log'])
    expect(files.some((file) => file.endsWith(name))).toBe(true);
  const leaks = files.flatMap((file) => {
    const bytes = readFileSync(file);
    return wanted.filter((secret) => bytes.includes(secret)).map((secret) => [file, secret]);
  });
  expect(leaks).toEqual([]);
  const { repository } = record.loop.input.source;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const history = git('log', '--all', '-p') + git('for-each-ref');
  for (const secret of wanted) expect(history).not.toContain(secret);
});

test('no history of any workflow, of the loop or of the steward, holds a number, a path or a word of the vault', async () => {
  const connection = await Connection.connect(engine.settings.temporal.connection);
  const texts: string[] = [];
  for (const namespace of ['default', 'autolift-steward']) {
    const { workflow } = new Client({ connection, namespace });
    for await (const { workflowId, runId } of workflow.list()) {
      const history = JSON.stringify(await workflow.getHandle(workflowId, runId).fetchHistory());
      const payloads = [...history.matchAll(/"data":"([^"]*)"/g)].map(([, data = '']) =>
        Buffer.from(data, 'base64').toString(),
      );
      texts.push([workflowId, history, ...payloads].join('\n'));
    }
  }
  await connection.close();
  const all = texts.join('\n');
  expect(texts.length).toBeGreaterThanOrEqual(7);
  expect(all).toContain('"verdict":"harmful"');
  for (const secret of [root, ...secrets()]) expect(all).not.toContain(secret);
});

test('the person who is the steward sees the gap in numbers, and the log supports every keep', async () => {
  const audit = await engine.autolift('audit', '--loop', loop, '--gap');
  expect(audit).toMatchObject({ code: 0 });
  expect(audit.stdout).toMatch(/3 answers decided again/);
  expect(audit.stdout).toMatch(/toy\/\S+\/1\/keep\s+pays\s+search\s+0\.1\S*\s+holdout\s+0\.3/);
  expect(audit.stdout).toMatch(/toy\/\S+\/3\/keep\s+harmful\s+search\s+0\.2\S*\s+holdout\s+-0\.7/);
  expect(audit.stdout).not.toContain('alarm');
  const file = join(root, 'audit.jsonl');
  const log = readFileSync(file, 'utf8').trim().split('\n');
  const kinds = log.map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect(kinds.filter((kind) => kind === 'keep')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'score')).toHaveLength(3);
  writeFileSync(file, `${log.slice(0, -2).join('\n')}\n`);
  const cut = await engine.autolift('audit');
  writeFileSync(file, `${log.join('\n')}\n`);
  expect(cut.code).toBe(1);
  expect(cut.stdout).toContain(`is missing: ${loop} was told `);
});

test('what the server writes of the loop is closed to other users of the machine', () => {
  expect(statSync(join(engine.home, 'temporal.db')).mode & 0o077).toBe(0);
});
