/**
 * Runs every keep of a loop anew, in turns with the others and with what they replaced, on the engine that is up:
 * `autolift export <loop> --format json -o loop.json && node bench/remeasure.mjs loop.json 8 > again.json`, then
 * `autolift replay again.json --rule strict` says how much of what was kept is there. Nothing of it enters the ledger.
 */
import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { CONTROL_QUEUE, NOISE_STUDY } from '../dist/contract/names.js';
import { readSettings } from '../dist/workers/settings.js';

const [file, rounds = '8'] = process.argv.slice(2);
if (file === undefined)
  throw new Error('usage: node bench/remeasure.mjs <export.json> [rounds, of two runs each]');
const record = JSON.parse(readFileSync(file, 'utf8'));
const { loop, task, source } = record.loop.input;
const settings = readSettings(process.env);
const connection = await Connection.connect(settings.temporal.connection);
const client = new Client({ connection, namespace: settings.temporal.namespace });

const [device = 'cpu'] = [task.run.device].flat();
const kept = record.experiments.filter(({ experiment, outcome }) => experiment === 0 || outcome === 'keep');
const commits = [...new Set(kept.map(({ commit }) => commit ?? source.baseCommit))];

const measurement = (commit, { status, value, seconds }, index) => ({
  role: 'incumbent',
  index,
  commit,
  seed: index,
  status,
  value,
  origin: 'measured',
  deviceClass: device,
  deviceSeconds: seconds,
  detail: '',
});

const CRASHED = [{ status: 'crash', value: null, seconds: 0 }];

const study = async (commit, round) => {
  const id = `${loop}/again/${commit.slice(0, 7)}-${String(round)}-${String(Date.now())}`;
  const input = {
    v: 1,
    id,
    task,
    source: { ...source, baseCommit: commit },
    devices: [device],
    repeats: 1,
    clones: 0,
  };
  const options = { workflowId: id, taskQueue: CONTROL_QUEUE, args: [input] };
  const { runs } = await client.workflow.execute(NOISE_STUDY, options).catch(() => ({ runs: CRASHED }));
  return runs.map((run, arm) => measurement(commit, run, 1 + 2 * round + arm));
};

const reruns = [];
for (let round = 0; round < Number(rounds); round++) {
  // back and forth, so that drift within a round favours nobody
  const order = round % 2 === 0 ? commits : commits.toReversed();
  for (const commit of order) reruns.push(...(await study(commit, round)));
  console.error(`round ${String(round + 1)} of ${rounds}: ${String(commits.length)} commits, twice each`);
}
await connection.close();
process.stdout.write(`${JSON.stringify({ ...record, reruns })}\n`);
