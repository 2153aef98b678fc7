import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVault, readStewardConfig } from '../../../../src/storage/vault/index.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'autolift-vault-')));
  mkdirSync(join(root, 'vaults', 'toy'), { recursive: true, mode: 0o700 });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const said = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => 'accepted',
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message.replaceAll(root, '<root>') : String(error);
};
const vaultSaid = async (yaml: string): Promise<string> => {
  writeFileSync(join(root, 'vaults', 'toy', 'vault.yaml'), yaml);
  return await said(openVault(root, 'toy'));
};
const stewardSaid = async (yaml: string): Promise<string> => {
  writeFileSync(join(root, 'steward.yaml'), yaml);
  return await said(readStewardConfig(root));
};

const VALID = `name: toy
version: '1'
task: toy
kind: generator
candidate: python3 solve.py
score: python3 score.py
metric: { name: loss, direction: minimize }
`;

test('all that is wrong with a vault.yaml is told at once, with lines, values and near names', async () => {
  const yaml = `name: Toy!
version: 1
task: toy
kind: generator
candidat: python3 solve.py
score: python3 score.py
metric: { name: loss, direction: min }
canaries: [short, { a: 1 }]
read: [data]
timeout: soon
alpha: 0.7
pairs: { leest: 30 }
budget: { queries: 0.5 }
`;
  expect(await vaultSaid(yaml)).toMatchInlineSnapshot(`
    "<root>/vaults/toy/vault.yaml: 11 problems
      - line 1: name: "Toy!" is not accepted; use lower-case letters, digits, dots and dashes
      - line 2: version: must be text, not 1; write "1"
      - line 5: unknown key "candidat" — did you mean "candidate"?
      - line 7: metric.direction: must be one of minimize, maximize, not "min"
      - line 8: canaries[0]: "short" is not accepted; a token of fewer than 12 characters could be there by accident
      - line 8: canaries[1]: must be text, not {"a":1}
      - line 9: read[0]: "data" is not accepted; must start with "/"
      - line 10: timeout: "soon" is not a quantity; write it like 90s, 5m or 8h
      - line 11: alpha: must be a number above 0 and below 0.5, not 0.7
      - line 12: pairs: unknown key "leest" — did you mean "least"?
      - line 13: budget.queries: must be a whole number above 0, not 0.5
      docs/security.md describes every key."
  `);
});

test('a kind that there is not is told with those that there are', async () => {
  expect(await vaultSaid(VALID.replace('generator', 'generatr'))).toMatchInlineSnapshot(`
    "<root>/vaults/toy/vault.yaml: line 4: kind: must be one of generator, suite, reserve, not "generatr" — did you mean "generator"?
      docs/security.md describes every key."
  `);
  expect(await vaultSaid('')).toMatchInlineSnapshot(`
    "<root>/vaults/toy/vault.yaml: kind: missing; it must be one of generator, suite, reserve
      docs/security.md describes every key."
  `);
});

test('a key of another kind of vault is told with the known ones', async () => {
  expect(await vaultSaid(`${VALID}threshold: 3\n`)).toMatchInlineSnapshot(`
    "<root>/vaults/toy/vault.yaml: line 8: unknown key "threshold"; known here: name, version, task, score, candidate, metric, eps, timeout, memory, read, unit, claimUnit, canaries, answerAfter, kind, generate, alpha, pairs, worst, tail, budget
      docs/security.md describes every key."
  `);
});

test('broken YAML of a vault is told with line and column', async () => {
  expect(await vaultSaid(`${VALID}budget: { queries: 3\n`)).toContain('vault.yaml:9:1: not valid YAML');
});

test('what is checked across keys keeps its own words', async () => {
  expect(await vaultSaid(`${VALID}pairs: { least: 40, most: 10 }\n`)).toContain(
    'line 8: pairs: ask for more pairs at least than at most',
  );
});

test('a vault that others can enter is told of its other mistakes, too', async () => {
  chmodSync(join(root, 'vaults', 'toy'), 0o755);
  expect(await vaultSaid(VALID.replace('score', 'scor'))).toMatchInlineSnapshot(`
    "<root>/vaults/toy: 2 mistakes
      - <root>/vaults/toy: can be entered by others (mode 755)
        chmod 700 <root>/vaults/toy
      - <root>/vaults/toy/vault.yaml: line 6: unknown key "scor" — did you mean "score"?
        docs/security.md describes every key.
      Mend them all."
  `);
  expect(await vaultSaid(VALID.replace('name: toy', 'name: other'))).toMatchInlineSnapshot(`
    "<root>/vaults/toy: 2 mistakes
      - <root>/vaults/toy: can be entered by others (mode 755)
        chmod 700 <root>/vaults/toy
      - <root>/vaults/toy/vault.yaml: is named "other"
        Name it "toy", as its folder is called.
      Mend them all."
  `);
  expect(await vaultSaid(VALID)).toMatchInlineSnapshot(`
    "<root>/vaults/toy: can be entered by others (mode 755)
      chmod 700 <root>/vaults/toy"
  `);
});

test('all that is wrong with a steward.yaml is told the same way; an empty one is fine', async () => {
  expect(await stewardSaid('withoutSandbx: run\nvaults: { Big: /vault, small: vault }\n'))
    .toMatchInlineSnapshot(`
    "<root>/steward.yaml: 3 problems
      - line 1: unknown key "withoutSandbx" — did you mean "withoutSandbox"?
      - line 2: vaults.Big: "Big" is not accepted; use lower-case letters, digits, dots and dashes
      - line 2: vaults.small: "vault" is not accepted; must start with "/"
      docs/security.md describes every key."
  `);
  expect(await stewardSaid('# nothing yet\n')).toBe('accepted');
});
