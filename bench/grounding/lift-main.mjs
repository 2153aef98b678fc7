/** `node scripts/bench-lift.mjs [--json FILE]`: the tables of sections 3 and 4 of the grounding specification. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { failureModes } from './failure-modes.mjs';
import { LIFT_TABLES } from './lift.mjs';
import { print } from './print.mjs';

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const rows = [...LIFT_TABLES, failureModes].flatMap((table) => {
  const made = table();
  print(made);
  return made;
});
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
