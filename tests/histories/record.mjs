/**
 * Records the histories that tests/replay replays, from real loops on a throw-away engine:
 * `npm run build && node tests/histories/record.mjs [name …]`. Only needed after a change that breaks replay on purpose.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startEngine } from '../../bench/engine.mjs';

const run = promisify(execFile);
const CLI = new URL('../../bin/autolift.mjs', import.meta.url).pathname;
const HERE = new URL('.', import.meta.url).pathname;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const engine = await startEngine({ devices: 4 });

const task = async (name, yaml, command = 'sleep 0.2; cksum knobs.py | cut -c1-3 | sed s/^/METRIC:x=/') => {
  const folder = join(engine.home, 'tasks', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'knobs.py'), 'A = 0.31\nB = 5.7\nC = 19.3\nD = 777.1\n');
  const head = [
    `name: ${name}`,
    'editable: [knobs.py]',
    `run: { command: ${JSON.stringify(command)}, budget: 5s }`,
    'measure: { metric: { name: x, direction: minimize } }',
  ];
  writeFileSync(join(folder, 'task.yaml'), [...head, ...yaml, ''].join('\n'));
  const git = (...args) => run('git', ['-C', folder, '-c', 'user.name=r', '-c', 'user.email=r@r', ...args]);
  await git('init', '-q');
  await git('add', '-A');
  await git('commit', '-qm', 'task');
  return folder;
};

/** A vault for the task of this name: it wants a small A, which the loop's own metric knows nothing of. */
const sealVault = async (name) => {
  const folder = join(engine.settings.steward.root, 'vaults', name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const score = [
    'import os, re',
    'text = open(os.path.join(os.environ["AUTOLIFT_CANDIDATE"], "knobs.py")).read()',
    'print("METRIC:y=" + re.search(r"A = (\\S+)", text).group(1))',
  ];
  writeFileSync(join(folder, 'score.py'), `${score.join('\n')}\n`);
  const vault = {
    name,
    version: '1',
    task: name,
    kind: 'generator',
    candidate: 'true',
    score: 'python3 score.py',
    metric: { name: 'y', direction: 'minimize' },
    pairs: { least: 2, most: 4 },
    tail: 'open',
    answerAfter: '5s',
  };
  writeFileSync(join(folder, 'vault.yaml'), JSON.stringify(vault));
  await run(process.execPath, [CLI, 'vault', 'seal', name], { env: engine.settings.environment });
};

/** The first run of the chain: the one that every later one depends on. */
const save = async (name, loop, runId) => {
  const history = await engine.client.workflow.getHandle(loop, runId).fetchHistory();
  const { events } = JSON.parse(historyToJSON(history));
  writeFileSync(join(HERE, `${name}.json.gz`), gzipSync(JSON.stringify({ workflowId: loop, events })));
  console.log(`${name}: ${events.length} events`);
};

const start = async (folder) => {
  const { loop } = await engine.start(folder);
  const handle = engine.client.workflow.getHandle(loop);
  const { runId } = await handle.describe();
  const send = (update, message) => handle.executeUpdate(update, { args: [message] });
  const status = () => handle.query('status');
  return { loop, handle, runId, send, status };
};

const ended = async (name, { loop, handle, runId }) => {
  await handle.result().catch(() => null);
  await save(name, loop, runId);
};

const wanted = process.argv.slice(2);

const strict = 'acceptance: { rule: strict }';

const RECORDINGS = {
  async finished() {
    await ended('finished', await start(await task('finished', [strict, 'concurrency: 2', 'budget: { experiments: 12 }'])));
  },
  async confirm() {
    await ended('confirm', await start(await task('confirm', ['acceptance: { rule: confirm }', 'guards: [{ command: "true" }]', 'budget: { experiments: 6, wallClock: 2m }'], 'awk "BEGIN { srand($AUTOLIFT_SEED); print \\"METRIC:x=\\" rand() }"')));
  },
  async 'failed-baseline'() {
    await ended('failed-baseline', await start(await task('failed-baseline', [strict], 'echo nothing')));
  },
  async messages() {
    const messages = await start(await task('messages', [strict, 'budget: { experiments: 20 }']));
    await sleep(2000);
    await messages.send('pause', { reason: 'a break' });
    await messages.send('steer', { hint: 'smaller steps' });
    await messages.send('setBudget', { budget: { experiments: 10 } });
    await sleep(500);
    await messages.send('resume', {});
    await ended('messages', messages);
  },
  async cancelled() {
    const cancelled = await start(await task('cancelled', [strict, 'concurrency: 2', 'budget: { experiments: 200 }']));
    await sleep(2500);
    await cancelled.send('stop', { mode: 'cancel' });
    await ended('cancelled', cancelled);
  },
  async approval() {
    const approval = await start(await task('approval', [strict, 'approval: true', 'budget: { experiments: 8 }']));
    for (let answered = 0; ; ) {
      const { awaitingApproval, running, waiting, spent } = await approval.status();
      if (spent.experiments >= 8) break;
      const [first] = awaitingApproval;
      if (first === undefined || running.length + waiting > 0) {
        await sleep(200);
        continue;
      }
      await approval.send(answered++ % 2 === 0 ? 'approve' : 'reject', { experiment: first.experiment });
    }
    await ended('approval', approval);
  },
  async continued() {
    const continued = await start(await task('continued', [strict, 'concurrency: 4', 'budget: { experiments: 700 }'], 'cksum knobs.py | cut -c1-3 | sed s/^/METRIC:x=/'));
    await ended('continued', continued);
  },
  async promotion() {
    const rule = 'acceptance: { rule: branch+promote, every: 4, margin: 0.5, falseKeeps: 1 }';
    const command = `awk -v seed=$AUTOLIFT_SEED 'BEGIN { srand(seed) } /^A/ { print "METRIC:x=" $3 * 10 + rand() }' knobs.py`;
    await ended('promotion', await start(await task('promotion', [rule, 'concurrency: 4', 'guards: [{ command: "true" }]', 'budget: { experiments: 30 }'], command)));
  },
  async contest() {
    const rule = 'acceptance: { rule: race, arms: 4, falseKeeps: 1 }';
    const command = `awk -v seed=$AUTOLIFT_SEED 'BEGIN { srand(seed) } /^A/ { print "METRIC:x=" $3 * 10 + rand() }' knobs.py`;
    await ended('contest', await start(await task('contest', [rule, 'concurrency: 4', 'guards: [{ command: "true" }]', 'budget: { experiments: 10 }'], command)));
  },
  async holdout() {
    await sealVault('holdout');
    const asked = 'holdout: { vault: holdout, command: python3 score.py }';
    await ended('holdout', await start(await task('holdout', [strict, asked, 'validate: every-keep', 'concurrency: 2', 'budget: { experiments: 16 }'])));
  },
};

try {
  for (const [name, record] of Object.entries(RECORDINGS)) {
    if (wanted.length === 0 || wanted.includes(name)) await record();
  }
} finally {
  await engine.close();
}
