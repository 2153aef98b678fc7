import { describe, expect, test } from 'vitest';
import { staticFinding } from '../../../../src/domain/gates/allowlist.js';
import { mechanismSource } from '../../../support/mechanism-source.js';

describe('G0 names the word and its line', () => {
  test.each([
    ["import fs from 'fs';", 'import'],
    ["const fs = require('fs');", 'require'],
    ["const f = () => import('fs');", 'import'],
    ["eval('1');", 'eval'],
    ["new Function('return 1')();", 'Function'],
    ['globalThis.x = 1;', 'globalThis'],
    ['console.log(1);', 'console'],
    ['const t = Date.now();', 'Date'],
    ['const t = new Date();', 'Date'],
    ['const r = Math.random();', 'random'],
    ["(() => {}).constructor('return process')();", 'constructor'],
    ['const p = {}.__proto__;', '__proto__'],
    ['const p = new Proxy({}, {});', 'Proxy'],
    ['const p = async () => 1;', 'async'],
    ['const t = `${Date.now()}`;', 'Date'],
  ])('%s', (top, word) => {
    const finding = staticFinding(mechanismSource({ top }));
    expect(finding).toMatchObject({ gate: 'G0', verdict: 'rejected', where: { line: 2, excerpt: top } });
    expect(finding?.reason).toContain(`it uses ${word}:`);
  });

  test('an escape in a name', () => {
    expect(staticFinding(mechanismSource({ top: String.raw`\u0065val('1');` }))?.reason).toContain('escape');
  });
});

test.each([
  '// import, eval and Date are not for mechanisms',
  "const why = 'eval by Date';",
  'const window = [1, 2].slice(-1);',
  'const shape = { Date: 1, process: 2 };',
  'const read = (trial) => trial.Date + trial.random;',
  'class Arm { constructor() { this.n = 0; } }',
  'const random = (seed) => seed * 7;',
  'const rest = /eval(.*)/;',
])('G0 lets pass: %s', (top) => {
  expect(staticFinding(mechanismSource({ top }))).toBeNull();
});

test('an empty source and one that is too long are no mechanisms', () => {
  expect(staticFinding(' \n')?.reason).toBe('it is empty');
  expect(staticFinding('a'.repeat(70_000))?.reason).toBe('it has 70000 characters and may have 65536');
});
