/**
 * `npm run bench:outer [-- --json FILE] [-- --experiments N] [-- --ahead N]`: what an outer loop costs beside its children's runs of one
 * second each; the shares are defined in outer-figures.mjs. One device for one child loop at a time, then two of each.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startEngine } from './engine.mjs';
import { machine } from './figures.mjs';
import { outerFigures } from './outer-figures.mjs';
import { outerTask } from './tasks.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    experiments: { type: 'string', default: '20' },
    ahead: { type: 'string' },
  },
});
const experiments = Number(values.experiments);
const ahead = values.ahead === undefined ? {} : { ahead: Number(values.ahead) };
const result = {};
const engine = await startEngine({ devices: 2 });
try {
  for (const [parallel, concurrency] of [
    [1, 1],
    [1, 2],
    [2, 1],
  ]) {
    const task = outerTask(engine.home, { parallel, concurrency, experiments, tasks: 2, ...ahead });
    const loop = await engine.runTask(task);
    const all = await engine.ledger.loops();
    const below = all.map((one) => one.loop).filter((id) => id.startsWith(`${loop}/`));
    const figures = await outerFigures(engine.client, loop, below);
    result[`children_${parallel}_concurrency_${concurrency}`] = figures;
    process.stderr.write(
      `${parallel} children of ${concurrency} runs at a time: ${JSON.stringify(figures)}\n`,
    );
  }
} finally {
  await engine.close();
}
const report = {
  ...result,
  experiments,
  load: loadavg().map((one) => Number(one.toFixed(1))),
  machine: machine(),
};
console.log(JSON.stringify(report, null, 2));
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
