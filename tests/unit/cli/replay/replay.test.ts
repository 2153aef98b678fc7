import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../../../src/cli/run-cli.js';
import { RULE_NAMES } from '../../../../src/cli/replay/acceptance-flags.js';
import { RULES } from '../../../../src/domain/acceptance/rules.js';
import type { Replay } from '../../../../src/domain/replay/replayed.js';
import { toJson } from '../../../../src/report/export/to-json.js';
import { loopRecord } from '../../../support/loop-record.js';
import { fakeTerminal } from '../fake-terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'autolift-replay-'));
const cli = async (...words: string[]) => {
  const terminal = fakeTerminal(folder);
  const code = await runCli(['replay', ...words], terminal);
  return { code, out: terminal.printed.join('\n'), err: terminal.said.join('\n') };
};

writeFileSync(
  join(folder, 'results.tsv'),
  [
    'commit\tval_bpb\tmemory_gb\tstatus\tdescription',
    'a1b2c3d\t0.997900\t44.0\tkeep\tbaseline',
    'b2c3d4e\t0.993200\t44.2\tkeep\tincrease LR to 0.04',
    'c3d4e5f\t1.005000\t44.0\tdiscard\tGeLU',
    'd4e5f6a\t0.992900\t44.0\tkeep\twarmup',
  ].join('\n'),
);

test('a table from elsewhere is replayed without any engine', async () => {
  const { code, out } = await cli(
    'results.tsv',
    '--direction',
    'minimize',
    '--rule',
    'floor',
    '--sigma',
    '0.0012',
  );
  expect(code).toBe(0);
  expect(out).toContain('Kept: 2 in the record, 1 under floor.');
  expect(out).toContain('None of the keeps was measured again');
});

test('--json gives the whole replay', async () => {
  const { out } = await cli('results.tsv', '--direction', 'minimize', '--rule', 'confirm', '--json');
  expect(JSON.parse(out) as Replay).toMatchObject({ rule: 'confirm', kept: 0, recordedKept: 2, unknown: 2 });
});

test('an export is replayed too; one that its own rule does not yield ends with 1', async () => {
  writeFileSync(join(folder, 'loop.json'), toJson(loopRecord({ experiments: 30 })));
  const { code, out } = await cli('loop.json');
  expect(code).toBe(1);
  expect(out).toContain('not follow from it');
  expect((await cli('loop.json', '--rule', 'strict')).code).toBe(0);
});

test('branch + promote names each promotion that the record cannot decide', async () => {
  const { code, out } = await cli(
    'results.tsv',
    '--direction',
    'minimize',
    '--rule',
    'branch+promote',
    '--every',
    '2',
  );
  expect(code).toBe(0);
  expect(out).toContain('after #2: #1 → unknown');
  expect(out).toContain('Promotions: 0 won, 0 lost, 1 unknown');
});

test.each([
  [['results.tsv'], 'does not say which values are better'],
  [['results.tsv', '--direction', 'up'], '"up" is not a direction'],
  [['missing.tsv', '--direction', 'minimize'], "can't be read"],
  [['results.tsv', '--direction', 'minimize', '--rule', 'flor'], 'did you mean "floor"'],
  [['results.tsv', '--direction', 'minimize', '--alpha', '7'], '--alpha'],
  [['results.tsv', '--direction', 'minimize', '--min-effect', 'some'], '--min-effect'],
  [['results.tsv', '--direction', 'minimize', '--n', 'x'], '--n'],
])('%j is a mistake that is explained', async (words, said) => {
  const { code, err } = await cli(...words);
  expect(code).toBe(2);
  expect(err).toContain(said);
  expect(err).not.toContain('at Object');
});

test('a file that is no export is told so', async () => {
  writeFileSync(join(folder, 'other.json'), '{"a": 1}');
  expect((await cli('other.json')).err).toContain('no record of a loop');
  writeFileSync(join(folder, 'broken.json'), '{');
  expect((await cli('broken.json')).err).toContain('no record of a loop');
});

test('every rule of the engine can be asked for', () => {
  expect([...RULE_NAMES].sort()).toEqual(Object.keys(RULES).sort());
});

test.each([
  ['--share', [], 'share', true],
  ['--eta', ['4'], 'eta', 4],
  ['--margin', ['0.5%'], 'margin', { value: 0.005, relative: true }],
  ['--rungs', ['2'], 'rungs', 2],
] as const)('%s is an option like the others', async (flag, value, key, taken) => {
  const { code, out } = await cli(
    'results.tsv',
    '--direction',
    'minimize',
    '--rule',
    'strict',
    flag,
    ...value,
    '--json',
  );
  expect(code).toBe(0);
  expect((JSON.parse(out) as Replay).options).toMatchObject({ [key]: taken });
});

test('a margin that is none, and rungs that nobody can climb, are refused with their flag', async () => {
  for (const [flag, value] of [
    ['--margin', 'wide'],
    ['--rungs', '1'],
    ['--eta', 'x'],
  ] as const) {
    const { code, err } = await cli('results.tsv', '--direction', 'minimize', flag, value);
    expect(code).toBe(2);
    expect(err).toContain(flag);
  }
});
