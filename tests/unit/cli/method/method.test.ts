import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { runCli } from '../../../../src/cli/run-cli.js';
import { mechanismSource } from '../../../support/mechanism-source.js';
import { fakeTerminal } from '../fake-terminal.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'autolift-method-'));
});

const write = (name: string, text: string): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const cli = async (...raw: string[]): Promise<{ code: number; out: string; err: string }> => {
  const terminal = fakeTerminal(folder);
  const code = await runCli(raw, terminal);
  return { code, out: terminal.printed.join('\n'), err: terminal.said.join('\n') };
};

test('a method is exported to one file, imported elsewhere, and still says the same', async () => {
  write('method/process/process.yaml', '# why\nbatch: 2\nfreeze: [train.py]\n');
  write('method/agent/prompt.md', 'be brief\n');
  for (const file of ['best.yaml', 'best.json']) {
    expect(await cli('method', 'export', '.', '-o', file)).toMatchObject({ code: 0 });
    expect(await cli('method', 'import', file, `other-${file}/method`)).toMatchObject({ code: 0 });
    expect((await cli('method', 'diff', 'method', `other-${file}`)).out).toBe('They say the same.');
  }
  expect(readFileSync(join(folder, 'other-best.yaml/method/process/process.yaml'), 'utf8')).toContain(
    '# why',
  );
});

test('two commits of a method are compared key by key', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder });
  git('init', '-q');
  write('method/process/process.yaml', 'batch: 2\n');
  git('add', '.');
  git('commit', '-qm', 'one');
  write('method/process/process.yaml', 'batch: 3\n');
  write('method/agent/prompt.md', 'be brief\n');
  const { out } = await cli('method', 'diff', '.#HEAD:method', 'method');
  expect(out.split('\n')).toEqual(['process.batch: 2 → 3', 'agent/prompt.md: 0 lines → 1 lines']);
});

test('init writes a method that changes nothing, and doesn’t write over one', async () => {
  expect(await cli('method', 'init')).toMatchObject({ code: 0 });
  expect((await cli('method', 'show')).out).toMatch(/hash {3}[0-9a-f]{64}/);
  expect(await cli('method', 'init')).toMatchObject({
    code: 2,
    err: expect.stringContaining('is there already'),
  });
  expect(await cli('method', 'init', '--force')).toMatchObject({ code: 0 });
});

test.each([
  [['show', 'nowhere'], 'there is no such folder or file'],
  [['diff', '.'], 'the second method is missing'],
  [['shwo'], 'did you mean "show"'],
])('a mistake in `autolift method %s` is told in one message', async (args, said) => {
  const { code, err } = await cli('method', ...args);
  expect(code).toBe(2);
  expect(err).toContain(said);
});

test('a file that no method has is named', async () => {
  write('method/process/proces.yaml', 'batch: 2\n');
  const { code, err } = await cli('method', 'show');
  expect(code).toBe(2);
  expect(err).toContain('a method has no file process/proces.yaml');
});

test('an option that the method’s own rule does not read is refused where it is written, and told of a commit', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder });
  git('init', '-q');
  write('method/process/process.yaml', 'acceptance: { rule: strict, k: 3 }\n');
  git('add', '.');
  git('commit', '-qm', 'one');
  const said = 'process/process.yaml: acceptance.k: the rule strict does not read "k"; floor does';
  const refused = await cli('method', 'show', 'method');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain(said);
  const told = await cli('method', 'show', '.#HEAD:method');
  expect(told.code).toBe(0);
  expect(told.err).toContain(said);
  write('method/process/process.yaml', 'acceptance: { k: 3 }\n');
  expect((await cli('method', 'show', 'method')).err).toBe('');
});

test.each(['.#HEAD:../../etc', '.#HEAD:/etc', '.#HEAD:method/../..', '.#HEAD:x/../../method'])(
  'a folder that lies outside the repository is refused in one message: %s',
  async (ref) => {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    write('method/process/process.yaml', 'batch: 2\n');
    const { code, err } = await cli('method', 'show', ref);
    expect(code).toBe(2);
    expect(err).toMatch(
      new RegExp(`^${ref.replaceAll('.', '\\.')}: the folder "[^"]+" lies outside the repository\n`),
    );
  },
);

test('a folder of a commit is the same with ./ and .. in it, and never one of the work tree', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder });
  git('init', '-q');
  write('method/process/process.yaml', 'batch: 2\n');
  git('add', '.');
  git('commit', '-qm', 'one');
  write('method/process/process.yaml', 'batch: 3\n');
  for (const ref of ['.#HEAD:./method/', '.#HEAD:other/../method'])
    expect((await cli('method', 'show', ref)).out).toContain('batch: 2');
});

test('show says in words how a mechanism stands at the gates that cost nothing, and does not fail', async () => {
  const line = 'export const propose = (c, s => [{}, s];';
  write('bad/process/mechanism.js', `export const meta = {};\n${line}\n`);
  write('timed/process/mechanism.js', 'export const meta = { at: new Date() };\n');
  write('good/process/mechanism.js', mechanismSource());
  const bad = await cli('method', 'show', 'bad');
  expect(bad.code).toBe(0);
  expect(bad.out).toMatch(
    /^gates {2}refused by gate G1 \(.*\): SyntaxError: .*, line 2: export const propose/m,
  );
  expect((await cli('method', 'show', 'timed')).out).toContain('gates  refused by gate G0');
  expect((await cli('method', 'show', 'good')).out).toContain('gates  passes G0 to G2; ');
  const told = JSON.parse((await cli('method', 'show', 'bad', '--json')).out) as { gates: unknown };
  expect(told.gates).toMatchObject({
    asked: ['G0', 'G1', 'G2'],
    finding: { gate: 'G1', where: { line: 2 } },
  });
});
