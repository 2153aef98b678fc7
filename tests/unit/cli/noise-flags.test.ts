import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.js';
import { readStudy } from '../../../src/cli/noise/saved-study.js';
import { UserError } from '../../../src/contract/user-error.js';
import { fakeTerminal } from './fake-terminal.js';

test.each([
  [['--self-test', '--from', 'noise.json', '--real', '10'], 'no copies can be judged by real runs'],
  [['--from', 'noise.json', '--repeats', '5'], '--from runs nothing'],
  [['--target', '0.1'], 'only the self-test has a target'],
])('noise %j is told what it would not read', async (words, said) => {
  const terminal = fakeTerminal(mkdtempSync(join(tmpdir(), 'autolift-noise-')));
  expect(await runCli(['noise', ...words], terminal)).toBe(2);
  expect(terminal.said.join('\n')).toContain(said);
});

test('the target that noise advises is one that it takes', async () => {
  const said = async (target: string) => {
    const terminal = fakeTerminal(mkdtempSync(join(tmpdir(), 'autolift-noise-')));
    await runCli(['noise', '--self-test', '--target', target], terminal);
    return terminal.said.join('\n');
  };
  const advised = /Write it like --target (\S+)\./.exec(await said('0'))?.[1];
  expect(advised).toBeDefined();
  expect(await said(advised ?? '')).not.toMatch(/--target/);
});

test.each([
  ['1e999', 'result.runs[1].value is Infinity, not a finite number'],
  ['"2.5"', 'result.runs[1].value is "2.5", not a finite number'],
])('a saved study with %s for a score is a mistake that names its place', async (written, said) => {
  const file = join(mkdtempSync(join(tmpdir(), 'autolift-noise-')), 'noise.json');
  writeFileSync(
    file,
    `{"task": "toy", "result": {"runs": [{"seed": 0, "value": 2}, {"seed": 0, "value": ${written}}], "clones": []}}`,
  );
  const error: unknown = await readStudy(file, 'toy').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toContain(said);
  expect(error).toMatchObject({ where: file });
});

const RUN = {
  deviceClass: 'cpu',
  device: 'h:cpu-0',
  seed: 0,
  arm: 0,
  status: 'ok',
  value: 2,
  detail: '',
  seconds: 1,
  startedAt: '2026-11-22T12:00:00.000Z',
};

test.each([
  ['a run that is nothing', { runs: [null], clones: [] }, 'result.runs.0'],
  ['a run that is a number', { runs: [1], clones: [] }, 'result.runs.0'],
  ['a start in milliseconds', { runs: [{ ...RUN, startedAt: 7 }], clones: [] }, 'result.runs.0.startedAt'],
  ['no copies', { runs: [RUN] }, 'result.clones'],
])('a damaged study with %s is told with its place', async (_, result, place) => {
  const file = join(mkdtempSync(join(tmpdir(), 'autolift-noise-')), 'noise.json');
  writeFileSync(file, JSON.stringify({ task: 'toy', result }));
  await expect(readStudy(file, 'toy')).rejects.toMatchObject({ where: `${file}: ${place}` });
});

test('a study that was saved whole is read as it is', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'autolift-noise-')), 'noise.json');
  const result = { runs: [RUN], clones: [{ outcome: 'keep', reason: 'x', runs: 2 }] };
  writeFileSync(file, JSON.stringify({ task: 'toy', result, more: 1 }));
  expect(await readStudy(file, 'toy')).toEqual(result);
});
