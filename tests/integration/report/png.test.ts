import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writePng } from '../../../src/cli/png.js';
import { UserError } from '../../../src/contract/user-error.js';
import { renderCurve } from '../../../src/report/curve/render-curve.js';
import { loopRecord } from '../../support/loop-record.js';

const svg = renderCurve({ record: loopRecord({ experiments: 3 }) });
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'png-test-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

test('the first program that leaves a PNG is taken, and one that fails is passed over', async () => {
  await program('rsvg-convert', 'exit 1');
  await program(
    'inkscape',
    `for a; do case $a in --export-filename=*) printf '\\211PNG\\r\\n' > "\${a#*=}";; esac; done`,
  );
  const target = join(folder, 'curve.png');
  expect(await writePng(svg, target, folder)).toBe('inkscape');
  expect((await readFile(target)).subarray(1, 4).toString('latin1')).toBe('PNG');
});

test('without a program the message says what to install and that SVG needs none', async () => {
  const failure = await writePng(svg, join(folder, 'curve.png'), folder).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect(String(failure)).toMatch(/rsvg-convert.*\.svg, which needs none/s);
});
