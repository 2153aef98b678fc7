import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { vaultFolders } from '../../../../../src/activities/propose/command/vault-folders.js';

const desk = (): { root: string; far: string; base: string } => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'autolift-folders-')));
  onTestFinished(() => {
    rmSync(base, { recursive: true });
  });
  const [root, far] = [join(base, 'root'), join(base, 'far, and wide')];
  for (const folder of [root, far]) mkdirSync(folder);
  return { root, far, base };
};

test.each([
  ['in a block', (far: string) => `vaults:\n  far: ${far} # don't tell\n`],
  ['in braces and quotes', (far: string) => `{"vaults": {"far": "${far}"}, "withoutSandbox": "run"}`],
  ['in half a file', (far: string) => `vaults:\n  far: '${far}'\n  near: [\n`],
])('vaults that steward.yaml names %s are found', (_, text) => {
  const { root, far } = desk();
  writeFileSync(join(root, 'steward.yaml'), text(far));
  expect(vaultFolders(root)).toEqual([root, far]);
});

test('vaults behind a link are told by where they are, and neither what is gone nor all of the machine', () => {
  const { root, far } = desk();
  symlinkSync(far, join(root, 'vaults'));
  writeFileSync(join(root, 'steward.yaml'), 'vaults: { gone: /not/there, all: / }');
  expect(vaultFolders(root)).toEqual([root, far]);
  expect(vaultFolders(join(root, 'not-there'))).toEqual([]);
});
