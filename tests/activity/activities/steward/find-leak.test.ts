import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLeak } from '../../../../src/activities/steward/find-leak.js';

const TOKENS = ['canary-5f0c2d9be1a7'];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'autolift-leak-'));
  writeFileSync(join(folder, 'solve.py'), 'print(1)\n');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const leaks = async (): Promise<boolean> => await findLeak({ folder, header: 'an idea' }, TOKENS);

test('a token in the target of a link is found, wherever the link leads', async () => {
  symlinkSync('solve.py', join(folder, 'honest'));
  expect(await leaks()).toBe(false);
  symlinkSync(`nowhere/${TOKENS.join('')}-0.75`, join(folder, 'answer'));
  expect(await leaks()).toBe(true);
});
