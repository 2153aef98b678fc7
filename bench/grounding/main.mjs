/** `npm run bench:grounding [-- --json FILE]`: the tables of the grounding specification, measured beside printed. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { estimatedSd } from './estimated-sd.mjs';
import { failureModes } from './failure-modes.mjs';
import { holdout } from './holdout.mjs';
import { LIFT_TABLES } from './lift.mjs';
import { power } from './power.mjs';
import { print } from './print.mjs';
import { races } from './races.mjs';
import { suprema } from './suprema.mjs';
import { tails } from './tails.mjs';

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const rows = [];
for (const table of [suprema, estimatedSd, power, races, holdout, tails, ...LIFT_TABLES, failureModes]) {
  const start = performance.now();
  const made = table();
  rows.push(...made);
  print(made);
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}
const off = rows.filter(({ differs }) => differs).length;
console.log(`${rows.length} numbers, ${off} differ by more than 3 standard errors (*)`);
if (values.json) {
  const plain = rows.map(({ table, row, column, spec, measured, se }) => ({
    table,
    row,
    column,
    spec,
    measured,
    se,
  }));
  writeFileSync(values.json, `${JSON.stringify(plain, null, 2)}\n`);
}
