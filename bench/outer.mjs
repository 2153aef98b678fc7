/**
 * `npm run bench:outer [-- --json FILE] [-- --experiments N] [-- --ahead N] [-- --rows "1,1,1 1,2,1"]`: what an outer loop costs
 * beside its children's runs of one second each, on a host with so many devices; the shares are defined in outer-figures.mjs.
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
    rows: { type: 'string' },
  },
});
const experiments = Number(values.experiments);
const ahead = values.ahead === undefined ? {} : { ahead: Number(values.ahead) };

/** Devices, child loops at a time, runs at a time in each. */
const ROWS = [
  [1, 1, 1],
  [1, 2, 1],
  [2, 2, 1],
  [2, 3, 1],
].filter((row) => values.rows === undefined || values.rows.split(' ').includes(row.join(',')));

const measure = async ([devices, parallel, concurrency]) => {
  const engine = await startEngine({ devices: 1 });
  try {
    engine.startHost('bench', devices);
    const options = { parallel, concurrency, experiments, tasks: 2 * devices, device: 'bench', ...ahead };
    const task = outerTask(engine.home, options);
    const loop = await engine.runTask(task);
    const all = await engine.ledger.loops();
    const below = all.map((one) => one.loop).filter((id) => id.startsWith(`${loop}/`));
    return await outerFigures(engine.client, loop, below);
  } finally {
    await engine.close();
  }
};

const result = {};
for (const row of ROWS) {
  const figures = await measure(row);
  const [devices, parallel, concurrency] = row;
  result[`devices_${devices}_children_${parallel}_concurrency_${concurrency}`] = figures;
  const said = `${devices} device(s), ${parallel} children of ${concurrency} run(s) at a time`;
  process.stderr.write(`${said}: ${JSON.stringify(figures)}\n`);
}
const report = {
  ...result,
  experiments,
  load: loadavg().map((one) => Number(one.toFixed(1))),
  machine: machine(),
};
console.log(JSON.stringify(report, null, 2));
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
