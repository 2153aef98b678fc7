import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AblationReport } from '../../src/domain/ablation/ablation-report.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { killAll } from '../support/kill-all.js';

const EXAMPLE = new URL('../../examples/k-module/', import.meta.url).pathname;
const FILES = ['task.yaml', 'program.md', 'pipeline.yaml', 'check.py', 'evaluate.py'];

let engine: TestEngine;
let folder: string;
beforeAll(() => {
  folder = repositoryWith(
    Object.fromEntries(FILES.map((file) => [file, readFileSync(join(EXAMPLE, file), 'utf8')])),
  );
});
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const ablate = (...more: string[]) =>
  engine.autolift('ablate', folder, '--arms', 'A,H', '--n', '2', '--experiments', '3', ...more);

const reportIn = (out: string): AblationReport =>
  JSON.parse(readFileSync(join(out, 'ablation.json'), 'utf8')) as AblationReport;

test('an ablation outlives kill -9 of everything: the same command goes on and runs no loop twice', async () => {
  const out = join(folder, 'out');
  const started = await ablate('--detach');
  expect(started.stderr).toContain('starts: 4 loops');
  killAll(engine);
  const said = await ablate('--out', out, '--json', join(folder, 'numbers.json'));
  expect(said.stderr).toContain('runs already, joined');
  expect(said.code).toBe(0);
  const report = reportIn(out);
  expect(report.cells.map(({ arm, repeat, failed }) => `${arm}${String(repeat)} ${String(failed)}`)).toEqual([
    'A0 null',
    'H0 null',
    'A1 null',
    'H1 null',
  ]);
  expect(report.cells.every(({ experiments }) => experiments === 3)).toBe(true);
  expect(report.contrasts).toMatchObject([{ lifted: 'H', base: 'A', n: 2, missing: 0 }]);
  expect(readFileSync(join(out, 'ablation.md'), 'utf8')).toContain('| H − A: ');
  expect(existsSync(join(out, 'ablation.svg'))).toBe(true);
  expect(readFileSync(join(folder, 'numbers.json'), 'utf8')).toBe(
    readFileSync(join(out, 'ablation.json'), 'utf8'),
  );

  const again = await ablate('--out', out);
  expect(again.stderr).toContain('nothing is run again');
  expect(reportIn(out)).toEqual(report);

  const listed = JSON.parse((await engine.autolift('loops', '--all', '--json')).stdout) as { loop: string }[];
  expect(listed.map(({ loop }) => loop).sort()).toEqual(report.cells.map(({ loop }) => loop).sort());
  expect((await engine.autolift('loops')).stdout).toContain('There is no loop yet');
});
