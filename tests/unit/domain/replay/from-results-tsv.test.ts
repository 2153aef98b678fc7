import { expect, test } from 'vitest';
import { fromResultsTsv, NotResults } from '../../../../src/domain/replay/from-results-tsv.js';
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
  const loop = fromResultsTsv(TSV, 'results.tsv', 'minimize');
  expect(loop.metric).toEqual({ name: 'val_bpb', direction: 'minimize' });
  expect(loop.baseline.map(({ value }) => value)).toEqual([0.9979]);
  expect(loop.experiments.map(({ outcome }) => outcome)).toEqual(['keep', 'discard', 'crash', 'keep']);
});

test('its greedy keeps follow from strict, and a noise that is known takes them away', () => {
  const loop = fromResultsTsv(TSV, 'results.tsv', 'minimize');
  expect(replay(loop, acceptanceOf({ rule: 'strict' }))).toMatchObject({ kept: 2, changed: [] });
  const noisy = replay(loop, acceptanceOf({ rule: 'floor' }), 0.0012);
  expect(noisy).toMatchObject({ kept: 1, changed: [4] });
});

test('with the direction turned round nothing of it would have been kept but what is higher', () => {
  const loop = fromResultsTsv(TSV, 'results.tsv', 'maximize');
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
  const loop = fromResultsTsv(again, 'results.tsv', 'minimize');
  expect(loop.baseline.map(({ value }) => value)).toEqual([1, 1.02]);
  expect(loop.experiments.map(({ idea }) => idea)).toEqual(['longer warmup', 'smaller batch']);
  const { real } = replay(loop, acceptanceOf({ rule: 'strict', repeats: 2 }));
  expect(real).toMatchObject({ keeps: 1, remeasured: 1, withoutGain: 1 });
});

test('a discarded row that says 0 was never scored, whatever the direction', () => {
  const zero = table('a\t1\t1\tkeep\tbaseline', 'b\t0.000000\t0.0\tdiscard\trefused');
  const loop = fromResultsTsv(zero, 'results.tsv', 'minimize');
  expect(replay(loop, acceptanceOf({ rule: 'strict' })).verdicts[0]?.verdict).toBe('discard');
});

test.each(['nan', 'NaN', '', 'None'])('a row whose value is "%s" is a crash, and is counted', (none) => {
  const loop = fromResultsTsv(
    table('a\t1\t1\tkeep\tbaseline', `b\t${none}\t1\tkeep\tdiverged`, 'c\t0.9\t1\tkeep\tfine'),
    'results.tsv',
    'minimize',
  );
  const found = replay(loop, acceptanceOf({ rule: 'strict' }));
  expect(found.verdicts.map(({ recorded, verdict }) => [recorded, verdict])).toEqual([
    ['crash', 'crash'],
    ['keep', 'keep'],
  ]);
  expect(found.notes).toContain('1 row without a value of the metric: counted as crashed');
  const scouted = replayPromotions(loop, acceptanceOf({ rule: 'branch+promote' }), { every: 1, sigma: 0.01 });
  expect(scouted.notes).toEqual(found.notes);
});

test('a first row without a value is no baseline', () => {
  expect(() => fromResultsTsv(table('a\tnan\t1\tkeep\tx'), 'results.tsv', 'minimize')).toThrow(
    'the first row must be the score of the unchanged artifact',
  );
});

test.each([
  ['no table', 'hello\n', 1],
  ['an unknown status', table('a\t1\t1\tkept\tx'), 2],
  ['a value that is no number', table('a\t1\t1\tkeep\tx', 'b\tmany\t1\tkeep\tx'), 3],
  ['a baseline that crashed', table('a\t0\t0\tcrash\tx'), 2],
])('%s is refused with its line', (_, text, line) => {
  expect(() => fromResultsTsv(text, 'results.tsv', 'minimize')).toThrow(
    expect.objectContaining({ name: NotResults.name, line }) as Error,
  );
});
