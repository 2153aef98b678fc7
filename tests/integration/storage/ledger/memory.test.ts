import { expect, test } from 'vitest';
import type { Recall, Sighting } from '../../../../src/contract/lesson.js';
import { sightingsOf } from '../../../../src/domain/memory/sightings.js';
import type { Ledger } from '../../../../src/storage/ledger/ledger.js';
import { AT, experiment, LOOP, loopRow } from './ledger-rows.js';
import { scratchLedger } from './open-ledger.js';

const LATER = `${LOOP}-2`;
const SOURCE = { task: 'sine', level: 'R0', epoch: 1 };

type Row = ReturnType<typeof experiment>;

const settle = async (ledger: Ledger, ...rows: Row[]): Promise<void> => {
  await ledger.append({ experiments: rows, events: [], lessons: sightingsOf(rows, SOURCE) });
};

const wanted = (changes: Partial<Recall> = {}): Recall => ({
  loop: LATER,
  since: LATER,
  task: 'sine',
  from: ['sine'],
  words: [],
  limit: 50,
  ...changes,
});

const scene = async () => {
  const { ledger } = await scratchLedger();
  const row = loopRow({ loop: LATER, tag: 'later' });
  await ledger.openLoop({ ...row, openedAt: AT + 60_000 });
  return ledger;
};

const counts = (found: readonly Sighting[]): unknown => found.map(({ effect, count }) => [effect, count]);

const lr = (number: number, changes: Partial<Row> = {}): Row =>
  experiment(number, { idea: `learning_rate ${String(number)} → ${String(number + 1)}`, ...changes });

test('verdicts become lessons once, however often a batch is written', async () => {
  const ledger = await scene();
  const first = [lr(1), lr(2, { outcome: 'keep' })];
  await settle(ledger, ...first);
  await settle(ledger, ...first);
  await settle(ledger, ...first, lr(3), lr(4, { reason: 'worse by far' }));
  const found = await ledger.memory.recall(wanted());
  expect(counts(found.toSorted((a, b) => b.count - a.count))).toEqual([
    ['not_kept', 3],
    ['helped', 1],
  ]);
  expect(new Set(found.map(({ lesson }) => lesson)).size).toBe(1);
  const worse = found.find(({ effect }) => effect === 'not_kept');
  expect(worse).toMatchObject({ loop: LOOP, experiment: 4, evidence: 'worse by far', rule: 'strict' });
});

test('a loop is never told its own lessons, nor those that are younger than it', async () => {
  const ledger = await scene();
  await settle(ledger, lr(1));
  await settle(ledger, experiment(2, { idea: 'too late', settledAt: AT + 120_000 }));
  expect(await ledger.memory.recall(wanted({ loop: LOOP }))).toEqual([]);
  expect((await ledger.memory.recall(wanted())).map(({ idea }) => idea)).toEqual(['learning_rate 1 → 2']);
  expect(await ledger.memory.recall(wanted({ since: LOOP }))).toEqual([]);
});

test('of other tasks a loop is told what its task asks for and its words fit', async () => {
  const ledger = await scene();
  await settle(ledger, lr(1), experiment(2, { idea: 'widen the layers' }));
  const other = (changes: Partial<Recall>): Recall => wanted({ task: 'tiny', from: ['tiny'], ...changes });
  expect(await ledger.memory.recall(other({ words: ['rate'] }))).toEqual([]);
  expect(await ledger.memory.recall(other({ from: ['s_ne', 'in*'], words: ['rate'] }))).toEqual([]);
  const found = await ledger.memory.recall(other({ from: ['s*'], words: ['rates', 'wide'] }));
  expect(found.map(({ idea }) => idea)).toEqual(['learning_rate 1 → 2']);
  expect(found[0]?.relevance).toBeGreaterThan(0);
  const both = await ledger.memory.recall(other({ from: ['s*'], words: ['rates', 'layer'] }));
  expect(both).toHaveLength(2);
});

test('words find lessons by their stems, and words of queries are nothing special', async () => {
  const ledger = await scene();
  await settle(ledger, lr(1), experiment(2, { idea: 'widen the layers', reason: 'ran out of patience' }));
  expect((await ledger.memory.search(['layer'], 9)).map(({ idea }) => idea)).toEqual(['widen the layers']);
  expect(await ledger.memory.search(['patience'], 9)).toHaveLength(1);
  expect(await ledger.memory.search([], 9)).toEqual([]);
  expect(await ledger.memory.search(['the', 'and'], 9)).toEqual([]);
});

test('what is exported can be imported elsewhere, twice the same once, and is never made less', async () => {
  const ledger = await scene();
  await settle(ledger, lr(1), lr(2), experiment(3, { idea: 'other', outcome: 'crash' }));
  const all = await ledger.memory.lessons('');
  const elsewhere = (await scratchLedger()).ledger;
  expect(await elsewhere.memory.add([...all, ...all])).toBe(2);
  expect(await elsewhere.memory.add(all)).toBe(0);
  expect(await elsewhere.memory.add(all.map((one) => ({ ...one, count: 1 })))).toBe(0);
  expect(await elsewhere.memory.lessons('')).toEqual(all);
  const [one] = all;
  expect(await elsewhere.memory.lessons(one?.lesson.slice(0, 8) ?? '')).toEqual([one]);
});

test('a task, a loop or everything can be wiped, and the record stays', async () => {
  const ledger = await scene();
  await settle(ledger, lr(1), lr(2, { loop: LATER }));
  const [one] = await ledger.memory.lessons('');
  if (one === undefined) throw new Error('nothing was written');
  await ledger.memory.add([{ ...one, task: 'other' }]);
  expect(await ledger.memory.wipe({ loop: LATER })).toBe(1);
  expect(await ledger.memory.wipe({ task: 'other' })).toBe(1);
  expect(await ledger.memory.wipe({ task: 'other' })).toBe(0);
  expect(await ledger.memory.wipe('all')).toBe(1);
  expect(await ledger.memory.lessons('')).toEqual([]);
  expect((await ledger.record(LOOP))?.experiments).toHaveLength(1);
});

test('many loops that share a ledger write at the same time', async () => {
  const ledger = await scene();
  const loops = Array.from({ length: 6 }, (_, i) => `sine/many-${String(i)}`);
  await Promise.all(loops.map(async (loop) => ledger.openLoop(loopRow({ loop }))));
  await Promise.all(
    loops.flatMap((loop) =>
      Array.from({ length: 5 }, async (_, n) =>
        settle(ledger, lr(2 * n + 1, { loop }), lr(2 * n + 2, { loop })),
      ),
    ),
  );
  const found = await ledger.memory.recall(wanted());
  expect(found.map(({ loop }) => loop).toSorted()).toEqual(loops);
  expect(found.map(({ count }) => count)).toEqual(loops.map(() => 10));
});
