/** The synthetic research benchmark: is an outer loop that writes mechanisms worth it, and would we know if it were not? */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { HELD_OUT, TRAIN } from '../../dist/domain/simulation/families.js';
import { startCrew } from './crew.mjs';
import { poolOf } from './pool.mjs';
import { print, printKeys } from './print.mjs';
import { gateShares, keyNumbers } from './summary.mjs';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    studies: { type: 'string', default: '40' },
    pool: { type: 'string', default: '120' },
    threads: { type: 'string', default: '2' },
  },
});
const began = Date.now();
const seconds = () => ((Date.now() - began) / 1000).toFixed(0);
const crew = startCrew(Number(values.threads));
const numbers = Array.from({ length: Number(values.studies) }, (_, n) => n);

const generated = poolOf(Number(values.pool));
const findings = await crew.map('gate', generated);
const pool = generated.map((one, i) => ({ ...one, finding: findings[i] }));
// one that a gate missed is kept out all the same: it would run outside of the sandbox
const accepted = pool
  .filter(({ finding, defect }) => finding === null && defect === null)
  .map(({ source }) => source);
console.log(`${pool.length} sources gated, ${accepted.length} accepted, ${seconds()} s`);

const run = (over) =>
  crew.map(
    'study',
    numbers.map((n) => ({ n, accepted, over })),
  );
const studies = await run({});
console.log(`${studies.length} studies, ${seconds()} s`);
const benign = await run({ prior: 'benign', arms: ['B', 'C'] });
console.log(`${benign.length} studies under a benign prior, ${seconds()} s`);
await crew.close();

const gates = gateShares(pool);
const names = { train: TRAIN.map(({ name }) => name), heldOut: HELD_OUT.map(({ name }) => name) };
print({ studies, gates, names });
const keys = keyNumbers(studies, benign, gates);
printKeys(keys);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(keys, null, 2)}\n`);
