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

test('a CSV is read as a table, and any other file is told what it must end in', async () => {
  writeFileSync(
    join(folder, 'c.csv'),
    'commit,loss,status,description\na,2,keep,baseline\nb,1,keep,warmup\n',
  );
  const { code, out } = await cli('c.csv', '--direction', 'minimize', '--rule', 'strict');
  expect(code).toBe(0);
  expect(out).toContain('Kept: 1 in the record, 1 under strict.');
  writeFileSync(join(folder, 'bad.csv'), 'a,b\n1,2\n');
  const bad = await cli('bad.csv', '--direction', 'minimize');
  expect(bad.code).toBe(2);
  expect(bad.err).toContain('it has no column "status", only "a", "b"');
  writeFileSync(join(folder, 'results.txt'), 'x');
  const other = await cli('results.txt');
  expect(other.code).toBe(2);
  expect(other.err).toContain('ends in neither .tsv, .csv nor .json');
});

test('every rule of the engine can be asked for', () => {
  expect([...RULE_NAMES].sort()).toEqual(Object.keys(RULES).sort());
});

test.each([
  ['--nmax', ['12'], 'nmax', 12, 'sprt'],
  ['--eta', ['4'], 'eta', 4, 'hyperband'],
  ['--mde', ['0.5%'], 'mde', { value: 0.005, relative: true }, 'sprt'],
  ['--rungs', ['2'], 'rungs', 2, 'hyperband'],
] as const)('%s is an option like the others', async (flag, value, key, taken, rule) => {
  const { code, out } = await cli(
    'results.tsv',
    '--direction',
    'minimize',
    '--rule',
    rule,
    flag,
    ...value,
    '--json',
  );
  expect(code).toBe(0);
  expect((JSON.parse(out) as Replay).options).toMatchObject({ [key]: taken });
});

test.each([
  [['--k', '-4', '--rule', 'floor'], '--k: must be a number above 0, not -4'],
  [['--n', 'x'], '--n: must be a whole number from 1 to 100, not "x"'],
  [['--alpha', '7'], '--alpha: must be a number above 0 and at most 0.5, not 7'],
  [['--evidence', 'sgn'], '--evidence: must be one of z, mz, t, bet, sign, not "sgn"'],
  [['--min-effect', 'some'], '--min-effect: "some" is not an effect; write it like 0.001 or 0.5%'],
  [['--rule', 'strict', '--k', '3'], '--k: the rule strict does not read "k"; floor does'],
  [['--rule', 'sprt', '--bound', '3'], '--bound: evidence z does not read "bound"; `evidence: bet` does'],
])('%j is refused with its flag, its value and what it may be', async (words, said) => {
  const { code, err } = await cli('results.tsv', '--direction', 'minimize', ...words);
  expect(code).toBe(2);
  expect(err).toContain(said);
});

test('all flags that cannot be are told at once', async () => {
  const { err } = await cli('results.tsv', '--direction', 'minimize', '--k', '-4', '--eta', 'x');
  expect(err).toContain('2 mistakes');
  expect(err).toContain('--k: must be a number above 0, not -4');
  expect(err).toContain('--eta: must be a whole number from 2 to 10, not "x"');
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

test.each([
  ['"0.99"', 'experiments[2].measurements[0].value is "0.99", not a finite number'],
  ['1e999', 'experiments[2].measurements[0].value is Infinity, not a finite number'],
])('an export with %s for a score is a mistake that names its place', async (written, said) => {
  const record = loopRecord({ experiments: 4 });
  const [run] = record.experiments[2]?.measurements ?? [];
  if (run === undefined) throw new Error('no run');
  run.value = 4711.25;
  const text = toJson(record).replace(/("measurements".*?"value": ?)4711.25/s, `$1${written}`);
  writeFileSync(join(folder, 'damaged.json'), text);
  const { code, err } = await cli('damaged.json');
  expect(err).toContain(said);
  expect(err).toContain('damaged.json');
  expect(code).toBe(2);
});

test.each([
  ['--direction', 'minimize'],
  ['--metric', 'val_bpb'],
])('%s is refused where a loop is replayed, which says it itself', async (flag, value) => {
  writeFileSync(join(folder, 'own.json'), toJson(loopRecord({ experiments: 4 })));
  for (const source of ['own.json', 'tiny-gpt/apr5']) {
    const { code, err } = await cli(source, flag, value);
    expect(err).toContain(`${flag}: only a table needs this`);
    expect(code).toBe(2);
  }
});
