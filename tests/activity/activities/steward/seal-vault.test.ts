import { mkdtempSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStewardLog } from '../../../../src/activities/steward/index.js';
import { sealVault } from '../../../../src/activities/steward/seal-vault.js';
import { UserError } from '../../../../src/contract/user-error.js';
import { writeSuite, writeVault } from '../../../support/toy-vault.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'autolift-seal-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const seal = async () => await sealVault({ root, audit: await openStewardLog(root) }, 'toy', 'test');
const refusal = async (): Promise<UserError> => {
  const error: unknown = await seal().catch((caught: unknown) => caught);
  if (!(error instanceof UserError)) throw new Error('the vault was sealed', { cause: error });
  return error;
};
const sealed = (): string => {
  try {
    return readFileSync(join(root, 'audit.jsonl'), 'utf8');
  } catch {
    return '';
  }
};

test.each([
  ['score', 'score.py'],
  ['generate', 'generate.py'],
])('a vault without the program of its %s is not sealed', async (key, file) => {
  const folder = writeVault(root);
  unlinkSync(join(folder, file));
  const { message } = await refusal();
  expect(message).toContain(`there is no file ${file} in the vault`);
  expect(message).toContain(`${join('vaults', 'toy', 'vault.yaml')}: ${key}`);
  expect(message).toContain('Put the file into the folder of the vault');
  expect(sealed()).not.toContain('rotate');
});

test('nor is one whose scorer lies beside it', async () => {
  writeVault(root, { score: 'python3 ../score.py' });
  expect((await refusal()).message).toContain('../score.py is not in the vault');
});

test('nor a suite without instances', async () => {
  writeSuite(root, { instances: 'cases' });
  expect((await refusal()).message).toContain('no instance in the folder cases of the vault');
});

test('whole ones are', async () => {
  writeSuite(root);
  expect(await seal()).toMatchObject({ suite: 'toy@1', fresh: true });
  expect(await seal()).toMatchObject({ fresh: false });
});
