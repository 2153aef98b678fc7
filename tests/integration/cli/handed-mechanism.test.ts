import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readWanted } from '../../../src/cli/ablation/ablation-flags.js';
import { planAblation } from '../../../src/cli/ablation/plan-ablation.js';
import { freezeNotices } from '../../../src/cli/method/freeze-notices.js';
import { checkHanded, handedBy } from '../../../src/cli/method/handed-mechanism.js';
import { runCli } from '../../../src/cli/run-cli.js';
import { mechanismSource } from '../../support/mechanism-source.js';
import { fakeTerminal } from '../../unit/cli/fake-terminal.js';

const ROOT = new URL('../../../', import.meta.url).pathname;
const BROKEN = `${mechanismSource()}\nexport const more = (c, s => c;\n`;
const ENDLESS = mechanismSource({ propose: 'while (true) {}' });

let folder: string;

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'autolift-handed-'));
  for (const name of ['k-module', 'sine', 'outer-loop'])
    cpSync(join(ROOT, 'examples', name), join(folder, name), { recursive: true });
  for (const [name, source] of Object.entries({
    broken: BROKEN,
    endless: ENDLESS,
    unloadable: mechanismSource().replace('params: {}', 'params: { f: () => 1 }'),
    good: readFileSync(join(ROOT, 'mechanisms/tabu.js'), 'utf8'),
    sham: readFileSync(join(ROOT, 'mechanisms/identity.js'), 'utf8'),
    'outer-loop/method': BROKEN,
  }))
    write(`${name}/process/mechanism.js`, source);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'tasks');
});

const cli = async (...words: string[]) => {
  const home = join(folder, '.home');
  const terminal = fakeTerminal(folder, { AUTOLIFT_HOME: home, PATH: process.env['PATH'] ?? '' });
  const code = await runCli(words, terminal);
  const err = terminal.said.filter((line) => !line.startsWith('  asks the gates')).join('\n');
  return { code, out: terminal.printed.join('\n'), err, started: existsSync(join(home, 'temporal.db')) };
};

test.each([
  [['run', 'k-module', '--method', 'broken'], 'broken'],
  [['ablate', 'k-module', '--arms', 'A,C', '--method', 'C=broken'], 'broken'],
  [['method', 'import', 'broken', 'written'], 'broken'],
  [['run', 'outer-loop'], '[0-9a-f]{12}:outer-loop/method'],
  [['ablate', 'outer-loop', '--arms', 'B,S'], 'outer-loop/method'],
])('`autolift %s` says which mechanism is no JavaScript, before anything starts', async (words, where) => {
  const told = await cli(...words);
  expect({ code: told.code, started: told.started }).toEqual({ code: 2, started: false });
  expect(told.err).toMatch(
    new RegExp(
      `^${where}: process/mechanism\\.js, line \\d+: gate G1 \\(parses, .*\\): SyntaxError: .*\n  .*\n  Mend it; `,
    ),
  );
  expect(told.err).not.toContain('--unchecked');
  expect(existsSync(join(folder, 'written'))).toBe(false);
});

test('what loads and fails at a later gate is refused, unless a person insists', async () => {
  const refused = await cli('method', 'import', 'endless', 'insisted');
  expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/gate G5 .*say --unchecked/s) });
  const insisted = await cli('method', 'import', 'endless', 'insisted', '--unchecked');
  expect(insisted).toMatchObject({
    code: 0,
    err: expect.stringMatching(
      /^ {2}! endless: process\/mechanism\.js, line \d+: gate G5 .*--unchecked: it is used/,
    ),
  });
  expect(readFileSync(join(folder, 'insisted/process/mechanism.js'), 'utf8')).toBe(ENDLESS);
  for (const name of ['broken', 'unloadable'])
    expect(await cli('method', 'import', name, 'written', '--unchecked')).toMatchObject({ code: 2 });
});

test('one that changes nothing is a sham, which somebody may want as a control: it is told, and used', async () => {
  const { code, err } = await cli('method', 'import', 'sham', 'as-sham');
  expect(code).toBe(0);
  expect(err).toMatch(
    /^ {2}! sham: process\/mechanism\.js: gate G6 .*never changed what comes next.*; inert, it is used as a sham$/,
  );
});

test('a good one goes to a file and back, and nobody hears of it; two that are the same are checked once', async () => {
  expect(await cli('method', 'export', 'good', '-o', 'good.yaml')).toMatchObject({ code: 0 });
  expect(await cli('method', 'import', 'good.yaml', 'again')).toMatchObject({ code: 0, err: '' });
  expect((await cli('method', 'diff', 'good', 'again')).out).toBe('They say the same.');
  const source = readFileSync(join(folder, 'sham/process/mechanism.js'), 'utf8');
  const twice = ['a', 'b'].flatMap((ref) => handedBy(ref, { source, hash: 'same', name: 'identity' }));
  expect(await checkHanded(twice, false, fakeTerminal(folder))).toHaveLength(1);
});

test('a knob that no task has is told where a method freezes it', async () => {
  write(
    'frozen/process/process.yaml',
    "freeze: ['pipeline.yaml:nosuch', 'pipeline.yaml:encoderr', pipeline.yaml]\n",
  );
  const options = { home: folder, env: process.env, local: true, cwd: folder };
  const wanted = readWanted({ hand: 'tabu', arms: 'A,B', method: 'B=frozen' });
  const { notices } = await planAblation(['k-module'], wanted, options);
  const told = notices.filter((text) => text.includes('freeze'));
  expect(told).toEqual([
    'frozen: freeze: "pipeline.yaml:nosuch" names no knob and no file of k-module: it freezes nothing',
    'frozen: freeze: "pipeline.yaml:encoderr" names no knob and no file of k-module: it freezes nothing — did you mean "encoder"?',
  ]);
  expect(await freezeNotices('none', { freeze: [], schedule: [] }, [])).toEqual([]);
});
