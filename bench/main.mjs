/** `npm run bench [-- --json FILE] [-- --experiments N]`: the engine's own speed, with runs that do nothing. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { processorSeconds } from './cpu.mjs';
import { startEngine } from './engine.mjs';
import { history, machine, throughput, utilisation, workersResidentMb } from './figures.mjs';
import { startSleepyModel } from './sleepy-model.mjs';
import { idleTask, sleepyTask } from './tasks.mjs';

const { values } = parseArgs({
  options: { json: { type: 'string' }, experiments: { type: 'string', default: '2000' } },
});
const experiments = Number(values.experiments);
const round = (value, digits = 3) => Number(value.toFixed(digits));
const say = (text) => process.stderr.write(`${text}\n`);

const model = await startSleepyModel(0.5);
const engine = await startEngine({
  devices: 16,
  environment: { OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'unused' },
});
const result = {};
/** Runs a loop; milliseconds of processor time that each process spent for one experiment of it. */
const costOf = async (task, count) => {
  const before = processorSeconds(engine.home);
  const loop = await engine.runTask(task);
  const after = processorSeconds(engine.home);
  const each = Object.keys(after).map((kind) => [
    kind,
    round(((after[kind] - before[kind]) * 1000) / count, 1),
  ]);
  return { loop, cost: Object.fromEntries(each) };
};
const fifths = { first: 0, last: 0 };
try {
  const early = [];
  for (const concurrency of [1, 4, 16]) {
    const { loop, cost } = await costOf(idleTask(engine.home, { concurrency, experiments }), experiments);
    result[`cpu_ms_per_experiment_${concurrency}`] = cost;
    const record = await engine.ledger.record(loop);
    const { perSecond, firstFifthMs, lastFifthMs } = throughput(record);
    fifths.first += firstFifthMs;
    fifths.last += lastFifthMs;
    result[`experiments_per_s_${concurrency}`] = round(perSecond, 1);
    result[`flatness_${concurrency}`] = round(firstFifthMs / lastFifthMs);
    if (concurrency === 1) result.engine_ms_per_experiment = round(1000 / perSecond, 1);
    const { events, bytes } = await history(engine.client, loop);
    result.history_events_per_experiment = round(events / experiments, 1);
    result.history_bytes_per_experiment = round(bytes / experiments, 0);
    early.push(round(workersResidentMb(engine.home), 0));
    say(`${concurrency} at a time: ${round(perSecond, 1)} experiments/s, ${early.at(-1)} MB`);
  }
  result.flatness = round(fifths.first / fifths.last);
  for (const [concurrency, seconds, count] of [
    [1, 0.5, 60],
    [4, 0.5, 200],
    [16, 1, 480],
  ]) {
    model.think(seconds);
    const task = sleepyTask(engine.home, { concurrency, experiments: count, seconds });
    const { loop, cost } = await costOf(task, count);
    result[`cpu_ms_per_experiment_${concurrency}_model`] = cost;
    result[`utilisation_${concurrency}`] = round(utilisation(await engine.ledger.record(loop), concurrency));
    say(`${concurrency} devices with ${seconds} s runs: ${result[`utilisation_${concurrency}`]} busy`);
  }
  result.rss_mb = round(workersResidentMb(engine.home), 0);
  result.rss_mb_after_each = early;
} finally {
  model.close();
  await engine.close();
}
const report = { ...result, experiments, machine: machine() };
console.log(JSON.stringify(report, null, 2));
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
