/** Section 2.1 of the specification: what adaptive reuse costs under each mechanism, and the bound on it. */
import { pathToFileURL } from 'node:url';
import { descriptionLengthBound } from '../../dist/domain/holdout/index.js';
import { boost, mechanisms } from './boosting.mjs';

const TABLE = '2.1 boosting attack';
const CASES = [
  { n: 400, k: 400, runs: 100 },
  { n: 2000, k: 400, runs: 40 },
];
const SPEC = {
  'full feedback': [0.22, 0.1],
  thresholdout: [0.066, 0.016],
  'ladder-free': [0.037, 0.01],
  '1-bit p=3': [0.09, 0.04],
  'ladder(theory)': [0.001, -0.005],
};
const BOUNDS = [0.161, 0.072];

const summary = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { measured: mean, se: Math.sqrt(variance / values.length) };
};

/** Rows of `{table, row, column, spec, measured, se}`, always the same. */
export const holdoutRows = () =>
  CASES.flatMap(({ n, k, runs }, at) => {
    const column = `n=${n}, k=${k}`;
    const results = Array.from({ length: runs }, (_, seed) => boost({ n, k, seed }));
    const rows = mechanisms.map((row, index) => ({
      table: TABLE,
      row,
      column,
      spec: SPEC[row]?.[at] ?? null,
      ...summary(results.map((result) => result[index])),
    }));
    const measured = descriptionLengthBound({ queries: k, passes: 3, answers: 1 }, n, 0.05);
    return [...rows, { table: TABLE, row: '1-bit p=3, bound', column, spec: BOUNDS[at], measured, se: 0 }];
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const { row, column, spec, measured, se } of holdoutRows())
    console.log(
      `${column.padEnd(14)} ${row.padEnd(18)} spec ${String(spec ?? '–').padStart(6)}  measured ${measured.toFixed(4)} ± ${se.toFixed(4)}`,
    );
