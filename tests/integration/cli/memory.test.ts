import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.js';
import { openLedger } from '../../../src/storage/ledger/index.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { freshDatabase } from '../../support/postgres.js';
import { fakeTerminal } from '../../unit/cli/fake-terminal.js';
import { found } from '../../unit/domain/memory/found-sighting.js';

const scene = async () => {
  const url = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'autolift-memory-'));
  const ledger = await openLedger(url);
  onTestFinished(async () => {
    await ledger.close();
  });
  await ledger.migrate();
  const memory = async (...words: string[]) => {
    const terminal = fakeTerminal(folder, { DATABASE_URL: url });
    const code = await runCli(['memory', ...words], terminal);
    return { code, out: terminal.printed.join('\n'), err: terminal.said.join('\n') };
  };
  return { ledger, folder, memory };
};

const kept = found({ idea: 'learning_rate 0.1 → 0.2', theme: 'learning_rate up in train.py' });
const lost = found({ ...kept, loop: 'toy/two', effect: 'not_kept', outcome: 'discard', count: 2 });
const other = found({ task: 'other', loop: 'other/one', idea: 'widen the layers', theme: 'layers' });

test('lessons are found by words, shown with where they come from, and told to programs', async () => {
  const { ledger, memory } = await scene();
  await ledger.memory.add([kept, lost, other]);
  const { out } = await memory('search', 'the learning rate');
  expect(out).toMatch(/^[0-9a-f]{12} {2}toy: learning_rate 0\.1 → 0\.2\n/);
  expect(out).toContain(
    'kept once, not kept 2 times (2 loops, until 2026-01-31, on cpu, rule strict, weight',
  );
  expect(out).not.toContain('widen');
  const shown = await memory('show', out.slice(0, 6));
  expect(shown.out).toContain('toy/two #3: discard, the last of 2');
  expect(shown.out).toContain('commit cccccccccccc, on cpu, rule strict, evaluator epoch 1, 2026-01-31');
  const [lesson] = JSON.parse((await memory('search', 'rate', '--json')).out) as { counts: unknown }[];
  expect(lesson?.counts).toEqual({ helped: 1, promising: 0, not_kept: 2, failed: 0 });
  expect((await memory('search', 'nothing')).out).toBe('No lesson has these words.');
});

test('a memory goes to another ledger as one file, and comes in once', async () => {
  const [one, two] = [await scene(), await scene()];
  await one.ledger.memory.add([kept, lost, other]);
  const file = join(one.folder, 'memory.json');
  expect((await one.memory('export', file)).err).toBe(`wrote ${file}`);
  expect(JSON.parse((await one.memory('export')).out)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  expect((await two.memory('import', file)).out).toBe('Read 3 rows, 3 of them new or fuller.');
  expect((await two.memory('import', file, '--json')).out).toBe('{"read":3,"added":0}');
  expect(await two.ledger.memory.lessons('')).toEqual(await one.ledger.memory.lessons(''));
});

test('a file that is no memory is refused with its fault, and nothing of it comes in', async () => {
  const { ledger, folder, memory } = await scene();
  const file = join(folder, 'wrong.json');
  const wrong = [kept, { ...lost, effect: 'proved' }];
  for (const [content, fault] of [
    ['{', 'this is no memory of autolift'],
    [JSON.stringify({ autolift: 'memory', v: 1, lessons: wrong }), '(lessons.1.effect)'],
  ] as const) {
    writeFileSync(file, content);
    const { code, err } = await memory('import', file);
    expect([code, err.includes(fault)]).toEqual([2, true]);
  }
  expect((await memory('import', 'missing.json')).err).toContain("can't be read");
  expect(await ledger.memory.lessons('')).toEqual([]);
});

test('what a file claims is believed within reason, and never instead of what a loop of this ledger has seen', async () => {
  const { ledger, folder, memory } = await scene();
  const own = found({ ...kept, loop: 'toy/own', count: 2 });
  await ledger.memory.add([own]);
  await ledger.openLoop({ loop: 'toy/own', input: loopInput('toy/own', taskWith()), openedAt: 0 });
  const file = join(folder, 'boast.json');
  const boast = { ...kept, count: 999_999_999, lastAt: Date.UTC(2999, 0), evidence: 'a miracle' };
  const lessons = [
    { ...boast, loop: 'toy/own' },
    { ...boast, loop: 'toy/their' },
  ];
  writeFileSync(file, JSON.stringify({ autolift: 'memory', v: 1, lessons }));
  const { out, err } = await memory('import', file);
  expect(out).toBe('Read 2 rows, 1 of them new or fuller.');
  expect(err).toBe('  ! 2 rows of more than 16 experiments of one loop: told as 16');
  const known = await ledger.memory.lessons('');
  expect(known.map(({ loop, count }) => [loop, count])).toEqual([
    ['toy/own', 2],
    ['toy/their', 16],
  ]);
  expect(known.every(({ lastAt }) => lastAt <= Date.now())).toBe(true);
});

test('nothing is wiped without --yes, nor without saying what', async () => {
  const { ledger, memory } = await scene();
  await ledger.memory.add([kept, lost, other]);
  expect(await memory('wipe', '--task', 'toy')).toMatchObject({ code: 2 });
  expect((await memory('wipe', '--yes')).err).toContain('what to wipe is missing');
  expect((await memory('wipe', '--yes', '--all', '--task', 'toy')).code).toBe(2);
  expect(await ledger.memory.lessons('')).toHaveLength(3);
  expect((await memory('wipe', '--loop', 'toy/two', '--yes')).out).toBe('Wiped 1 row.');
  expect((await memory('wipe', '--task', 'toy', '--yes', '--json')).out).toBe('{"wiped":1}');
  expect((await memory('wipe', '--all', '--yes')).out).toBe('Wiped 1 row.');
  expect(await ledger.memory.lessons('')).toEqual([]);
});

test('an action or an id that is none is told so', async () => {
  const { memory } = await scene();
  expect((await memory('serach', 'x')).err).toContain('did you mean "search"?');
  for (const id of ['12', 'abcd', 'x%'])
    expect((await memory('show', id)).err).toContain(`no lesson "${id}"`);
  expect((await memory('search')).err).toContain('what to search for is missing');
});
