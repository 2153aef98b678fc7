/** `npm run bench:bilevel:noise`: what noise takes from an outer loop's result, and what of it branch + promote gives back. */
import { parseArgs } from 'node:util';
import { startCrew } from './crew.mjs';
import { poolOf } from './pool.mjs';
import { mean } from './summary.mjs';

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '20' },
    pool: { type: 'string', default: '120' },
    threads: { type: 'string', default: '2' },
    sigma: { type: 'string', default: '0.1' },
  },
});
const sigma = Number(values.sigma);
const ARMS = ['A', 'C', 'H'];
/** Experiments between two tests; null: the rule `floor`. */
const EVERY = [null, 10, 5, 3, 1];

/** Experiments of the control: as many as a loop that tests every three has runs. */
const LONGER = 160;

const crew = startCrew(Number(values.threads));
const numbers = Array.from({ length: Number(values.studies) }, (_, n) => n);
// the gates are asked by the benchmark itself; here their answers are known
const accepted = poolOf(Number(values.pool))
  .filter(({ defect }) => defect === null)
  .map(({ source }) => source);

/** Means over studies and instances, by arm. */
const measure = async (over) => {
  const tasks = numbers.map((n) => ({ n, accepted, over: { ...over, arms: ARMS } }));
  const studies = await crew.map('study', tasks);
  const of = (arm, field) => mean(studies.map(({ arms }) => mean([arms[arm][field]].flat())));
  return Object.fromEntries(
    ARMS.map((arm) => [
      arm,
      { train: of(arm, 'train'), heldOut: of(arm, 'heldOut'), testRuns: of(arm, 'testRuns') },
    ]),
  );
};

const quiet = await measure({});
const noisy = [];
for (const promoteEvery of EVERY) noisy.push({ promoteEvery, arms: await measure({ sigma, promoteEvery }) });
// the control: the runs of those tests spent on experiments
const longer = await measure({ sigma, T: LONGER });
await crew.close();

const lost = quiet.C.heldOut - noisy[0].arms.C.heldOut;
const row = (name, arms) => {
  const cells = ARMS.flatMap((arm) => [arms[arm].train, arms[arm].heldOut].map((one) => one.toFixed(3)));
  const back = (arms.C.heldOut - noisy[0].arms.C.heldOut) / lost;
  const share = `${(100 * back).toFixed(0)} %`;
  console.log(
    [
      name.padEnd(26),
      ...cells.map((cell) => cell.padStart(7)),
      share.padStart(7),
      arms.C.testRuns.toFixed(0).padStart(5),
    ].join(' '),
  );
};
console.log(`${numbers.length} studies, ${accepted.length} sources, loops of 30 experiments`);
console.log(
  `${''.padEnd(26)} ${ARMS.map((arm) => `${arm} train held-out`.padStart(15)).join(' ')}    back  runs of tests in a loop of C`,
);
row('noise .02, floor', quiet);
for (const { promoteEvery, arms } of noisy)
  row(promoteEvery === null ? `noise ${sigma}, floor` : `noise ${sigma}, tests every ${promoteEvery}`, arms);
row(`noise ${sigma}, floor, ${LONGER} runs`, longer);
