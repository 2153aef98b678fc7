import { expect, test } from 'vitest';
import { fromResultsTsv } from '../../../../src/domain/replay/from-results-tsv.js';
import { NotResults } from '../../../../src/domain/replay/not-results.js';
import { replayPromotions } from '../../../../src/domain/replay/promotions.js';
import { replay } from '../../../../src/domain/replay/replay.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';

const table = (...rows: string[]): string =>
  ['commit\tval_bpb\tmemory_gb\tstatus\tdescription', ...rows].join('\n') + '\n';

const TSV = table(
  'a1b2c3d\t0.997900\t44.0\tkeep\tbaseline',
  'b2c3d4e\t0.993200\t44.2\tkeep\tincrease LR to 0.04',
  'c3d4e5f\t1.005000\t44.0\tdiscard\tswitch to GeLU activation',
  'd4e5f6a\t0.000000\t0.0\tcrash\tdouble model width (OOM)',
  'e5f6a7b\t0.992900\t44.1\tkeep\twarmup',
);

test("karpathy's five columns become a loop in the order of the rows", () => {
  const loop = fromResultsTsv(TSV, { name: 'results.tsv', direction: 'minimize' });
  expect(loop.metric).toEqual({ name: 'val_bpb', direction: 'minimize' });
  expect(loop.baseline.map(({ value }) => value)).toEqual([0.9979]);
  expect(loop.experiments.map(({ outcome }) => outcome)).toEqual(['keep', 'discard', 'crash', 'keep']);
});

test('its greedy keeps follow from strict, and a noise that is known takes them away', () => {
  const loop = fromResultsTsv(TSV, { name: 'results.tsv', direction: 'minimize' });
  expect(replay(loop, acceptanceOf({ rule: 'strict' }))).toMatchObject({ kept: 2, changed: [] });
  const noisy = replay(loop, acceptanceOf({ rule: 'floor' }), 0.0012);
  expect(noisy).toMatchObject({ kept: 1, changed: [4] });
});

test('a row that is not kept either way is no other verdict, whatever a rule calls it', () => {
  const rows = table('a\t1\t44.0\tkeep\tbaseline', 'b\t0.999\t44.0\tdiscard\ttoo little to tell');
  const loop = fromResultsTsv(rows, { name: 'results.tsv', direction: 'minimize' });
  const found = replay(loop, acceptanceOf({ rule: 'floor' }), 0.1);
  expect(found.verdicts.map(({ verdict }) => verdict)).toEqual(['inconclusive']);
  expect(found).toMatchObject({ changed: [], renamed: [] });
});

test('with the direction turned round nothing of it would have been kept but what is higher', () => {
  const loop = fromResultsTsv(TSV, { name: 'results.tsv', direction: 'maximize' });
  expect(replay(loop, acceptanceOf({ rule: 'strict' })).verdicts.map(({ verdict }) => verdict)).toEqual([
    'discard',
    'keep',
    'crash',
    'discard',
  ]);
});

test('another row of the same commit is another run of it, not an experiment', () => {
  const again = table(
    'a1b2c3d\t1.00\t44.0\tkeep\tbaseline',
    'a1b2c3d\t1.02\t44.0\tkeep\tbaseline again',
    'b2c3d4e\t0.95\t44.0\tkeep\tlonger warmup',
    'b2c3d4e\t1.03\t44.0\tkeep\tre-run of the best',
    'b2c3d4e\t0.99\t44.0\tdiscard\tsmaller batch',
  );
  const loop = fromResultsTsv(again, { name: 'results.tsv', direction: 'minimize' });
  expect(loop.baseline.map(({ value }) => value)).toEqual([1, 1.02]);
  expect(loop.experiments.map(({ idea }) => idea)).toEqual(['longer warmup', 'smaller batch']);
  const { real } = replay(loop, acceptanceOf({ rule: 'strict', repeats: 2 }));
  expect(real).toMatchObject({ keeps: 1, remeasured: 0, withoutGain: 0 });
});

test('a discarded row that says 0 was never scored, whatever the direction', () => {
  const zero = table('a\t1\t1\tkeep\tbaseline', 'b\t0.000000\t0.0\tdiscard\trefused');
  const loop = fromResultsTsv(zero, { name: 'results.tsv', direction: 'minimize' });
  expect(replay(loop, acceptanceOf({ rule: 'strict' })).verdicts[0]?.verdict).toBe('discard');
});

test.each(['nan', 'NaN', '', 'None', 'inf', '-inf', '+Infinity', '1e999'])(
  'a row that was kept with the value "%s" stays a keep of the record, and its run is a crash',
  (none) => {
    const loop = fromResultsTsv(
      table('a\t1\t1\tkeep\tbaseline', `b\t${none}\t1\tkeep\tdiverged`, 'c\t0.9\t1\tkeep\tfine'),
      { name: 'results.tsv', direction: 'minimize' },
    );
    const found = replay(loop, acceptanceOf({ rule: 'strict' }));
    expect(found.verdicts.map(({ recorded, verdict }) => [recorded, verdict])).toEqual([
      ['keep', 'crash'],
      ['keep', 'keep'],
    ]);
    expect(found.notes).toContain('1 row without a value of the metric: counted as crashed');
    const scouted = replayPromotions(loop, acceptanceOf({ rule: 'branch+promote' }), {
      every: 1,
      sigma: 0.01,
    });
    expect(scouted.notes).toEqual(found.notes);
  },
);

test('a first row without a value is no baseline', () => {
  expect(() =>
    fromResultsTsv(table('a\tnan\t1\tkeep\tx'), { name: 'results.tsv', direction: 'minimize' }),
  ).toThrow('the first row must be the score of the unchanged artifact');
});

test.each([
  ['no table', 'hello\n', 1],
  ['an unknown status', table('a\t1\t1\tkept\tx'), 2],
  ['a value that is no number', table('a\t1\t1\tkeep\tx', 'b\tmany\t1\tkeep\tx'), 3],
  ['a baseline that crashed', table('a\t0\t0\tcrash\tx'), 2],
])('%s is refused with its line', (_, text, line) => {
  expect(() => fromResultsTsv(text, { name: 'results.tsv', direction: 'minimize' })).toThrow(
    expect.objectContaining({ name: NotResults.name, line }) as Error,
  );
});

test('other columns of numbers are told beside the one that was taken, and one of them may be named', () => {
  const text = [
    'commit\tval_loss\ttrain_loss\tmemory_gb\tstatus\tdescription',
    'a\t2\t1.0\t4\tkeep\tbaseline',
    'b\t1\tinf\t4\tkeep\twarmup',
  ].join('\n');
  const loop = fromResultsTsv(text, { name: 'r', direction: 'minimize' });
  expect(loop.metric.name).toBe('val_loss');
  expect(loop.notes).toEqual([
    'the column "val_loss" was taken as the metric; "train_loss" holds numbers too: --metric names another',
  ]);
  const other = fromResultsTsv(text, { name: 'r', direction: 'minimize', metric: 'train_loss' });
  expect(other.baseline[0]?.value).toBe(1);
  expect(other.notes).toEqual(['1 row without a value of the metric: counted as crashed']);
  expect(() => fromResultsTsv(text, { name: 'r', direction: 'minimize', metric: 'acc' })).toThrow(
    'it has no column "acc", only "commit", "val_loss"',
  );
});

test('the same table with commas is read by the names of its columns, quoted cells whole', () => {
  const text =
    'commit,loss,status,description\r\na,2,keep,baseline\r\nb,1,keep,"wider, then\nlonger ""warmup"""\r\nc,x,keep,z\r\n';
  const about = { name: 'c.csv', direction: 'minimize', separator: ',' } as const;
  expect(fromResultsTsv(text.replace('c,x', 'c,3'), about).experiments.map(({ idea }) => idea)).toEqual([
    'wider, then\nlonger "warmup"',
    'z',
  ]);
  expect(() => fromResultsTsv(text, about)).toThrow(
    expect.objectContaining({ message: '"x" is not a value of the metric', line: 5 }) as Error,
  );
  expect(() => fromResultsTsv('commit,loss\na,"2', about)).toThrow('a quote that is not closed');
  expect(() => fromResultsTsv('experiment,outcome,value\n', about)).toThrow('it has no column "status"');
});

test('a tab in a description takes nothing away from it', () => {
  const loop = fromResultsTsv(table('a\t1\t1\tkeep\tx', 'b\t0.9\t1\tkeep\tlonger\twarmup'), {
    name: 'r',
    direction: 'minimize',
  });
  expect(loop.experiments[0]?.idea).toBe('longer warmup');
});
