import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEvaluatorChanges } from '../../../src/activities/evaluator-changes.js';
import type { LoopSource } from '../../../src/contract/loop.js';
import { dataFile } from '../../../src/storage/evaluator/environment.js';

test('what the evaluator reads is looked at again: an edit of equal length is a change, its absence here is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reads-'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'x'), '1');
  const environment = Object.fromEntries([await dataFile('data', folder), await dataFile('away', folder)]);
  const source = { taskFolder: folder, environment } as unknown as LoopSource;
  let time = 0;
  const look = createEvaluatorChanges(() => (time += 1000));
  const ask = async () => {
    time += 60_000;
    return (await look({ source, read: ['data', 'away', 'unknown'] })).changed;
  };
  expect(await ask()).toEqual([]);
  writeFileSync(join(folder, 'data', 'x'), '5');
  expect(await ask()).toEqual(['data']);
  writeFileSync(join(folder, 'data', 'x'), '1');
  expect(await ask()).toEqual([]);
  rmSync(join(folder, 'data'), { recursive: true });
  expect(await ask()).toEqual([]);
});

test('a folder that is slow to look at is not looked at again at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reads-'));
  writeFileSync(join(folder, 'x'), '1');
  const source = {
    taskFolder: folder,
    environment: Object.fromEntries([await dataFile('x', folder)]),
  } as unknown as LoopSource;
  let time = 0;
  const look = createEvaluatorChanges(() => (time += 1000));
  const ask = async () => (await look({ source, read: ['x'] })).changed;
  expect(await ask()).toEqual([]);
  writeFileSync(join(folder, 'x'), '5');
  expect(await ask()).toEqual([]);
  time += 20_000;
  expect(await ask()).toEqual(['x']);
});
