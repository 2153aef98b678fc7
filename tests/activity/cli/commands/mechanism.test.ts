import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { GateReport } from '../../../../src/contract/gates.js';
import { runCli } from '../../../../src/cli/run-cli.js';
import { mechanismSource } from '../../../support/mechanism-source.js';
import { fakeTerminal } from '../../../unit/cli/fake-terminal.js';

const folder = mkdtempSync(path.join(tmpdir(), 'mechanisms-'));
writeFileSync(path.join(folder, 'good.js'), mechanismSource());
writeFileSync(
  path.join(folder, 'hungry.js'),
  mechanismSource({ propose: 'let n = c.t;\nwhile (true) {\n  n += 1;\n  s.n = Math.sqrt(n);\n}' }),
);

const cli = async (...words: string[]) => {
  const terminal = fakeTerminal(folder);
  const code = await runCli(['mechanism', ...words], terminal);
  return { code, out: terminal.printed.join('\n'), err: terminal.said.join('\n') };
};

test('a mechanism that passes is answered with what was measured', async () => {
  const { code, out } = await cli('check', 'good.js');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^good\.js: made for a test, tests\npassed G0 .* G7: at most \d+ units of fuel a call, distance to doing nothing 0\.\d\d$/,
  );
});

test('one that is rejected is answered with the gate, the reason and the line, and exit code 1', async () => {
  const { code, out } = await cli('check', 'hungry.js');
  expect(code).toBe(1);
  expect(out).toContain(
    'rejected at G5 (stays within fuel, memory, stack and CPU time)\n  propose, an empty history',
  );
  expect(out).toContain('The line is where it was last seen; the loop is near it.\n  line 5: let n = c.t;');
});

test('a copy of the mechanism in use is named, also to programs', async () => {
  const { code, out } = await cli('check', 'good.js', '--against', 'good.js', '--json');
  expect(code).toBe(1);
  expect((JSON.parse(out) as GateReport).finding).toMatchObject({ gate: 'G6', verdict: 'copy' });
});

test('the library is listed with its fields', async () => {
  const { code, out } = await cli('list');
  expect(code).toBe(0);
  expect(out).toMatch(/^tabu +combinatorial optimisation: Tabu list/m);
});

test('a missing file and an unknown action are mistakes', async () => {
  expect(await cli('check', 'nowhere.js')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no such file') as string,
  });
  expect(await cli('chek')).toMatchObject({
    code: 2,
    err: expect.stringContaining('did you mean "check"') as string,
  });
  expect((await cli('check')).code).toBe(2);
});
