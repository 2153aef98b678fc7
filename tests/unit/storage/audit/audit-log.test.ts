import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditFile, readAuditLog } from '../../../../src/storage/audit/index.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'autolift-audit-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

test.each([
  ['{"i":0', 'record 1 is not JSON'],
  ['null', 'record 1 is no JSON object'],
  ['7', 'record 1 is no JSON object'],
  ['[]', 'record 1 is no JSON object'],
])('a line that is %s is told by its number', async (line, what) => {
  writeFileSync(auditFile(root), `{"i":0}\n${line}\n`);
  await expect(readAuditLog(root)).rejects.toThrow(what);
});
