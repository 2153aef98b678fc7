import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../../../src/cli/run-cli.js';
import type { Replay } from '../../../../src/domain/replay/replayed.js';
import { toJson } from '../../../../src/report/export/to-json.js';
import { toResultsTsv } from '../../../../src/report/export/to-results-tsv.js';
import { OTHER, twoClasses } from '../../../support/two-classes.js';
import { fakeTerminal } from '../fake-terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'autolift-replay-'));
const cli = async (...words: string[]) => {
  const terminal = fakeTerminal(folder);
  const code = await runCli(['replay', ...words], terminal);
  return { code, out: terminal.printed.join('\n'), err: terminal.said.join('\n') };
};

test('a table of two classes is replayed class by class, and a class without a baseline is told', async () => {
  const rows = [
    'commit\tval_bpb\tmemory_gb\tstatus\tdescription\tdevice_class',
    'a1b2c3d\t1.00\t44.0\tkeep\tbaseline\tcpu',
    'a1b2c3d\t0.50\t44.0\tkeep\tbaseline\th100',
    'b2c3d4e\t0.70\t44.2\tkeep\tincrease LR\tcpu',
    'b2c3d4e\t0.60\t44.2\tdiscard\tincrease LR\th100',
    'b2c3d4e\t0.10\t44.2\tkeep\tincrease LR\ta100',
  ];
  writeFileSync(join(folder, 'two.tsv'), rows.join('\n'));
  const { code, out } = await cli('two.tsv', '--direction', 'minimize', '--rule', 'strict', '--json');
  const [cpu, h100, ...more] = JSON.parse(out) as Replay[];
  expect([code, more]).toEqual([0, []]);
  expect([cpu?.name, cpu?.kept, h100?.name, h100?.kept]).toEqual(['two.tsv on cpu', 1, 'two.tsv on h100', 0]);
  expect(cpu?.notes.join()).toMatch(/several device classes \(cpu, h100, a100\).*unchanged artifact on a100/);
});

test('a line that is wrong is told by its own number, whatever class it is of', async () => {
  const rows = [
    'commit\tval_bpb\tmemory_gb\tstatus\tdescription\tdevice',
    'a1b2c3d\t1.00\t44.0\tkeep\tbaseline\tcpu',
    'a1b2c3d\t0.50\t44.0\tkeep\tbaseline\th100',
    'b2c3d4e\tx\t44.2\tkeep\tincrease LR\th100',
  ];
  writeFileSync(join(folder, 'wrong.tsv'), rows.join('\n'));
  const { code, err } = await cli('wrong.tsv', '--direction', 'minimize');
  expect([code, err]).toEqual([2, expect.stringContaining('wrong.tsv:4')]);
});

test('a record of two classes is replayed class by class, and so is the table that is exported of it', async () => {
  const record = twoClasses({ seed: 3, experiments: 12 }, { other: [2, 5, 7], both: [4], shift: -5 });
  writeFileSync(join(folder, 'loop.json'), toJson(record));
  const { out, err } = await cli('loop.json', '--rule', 'strict');
  expect(out).toContain('tiny-gpt/apr5 on cpu');
  expect(out).toMatch(/each is replayed by itself/);
  expect(err).toMatch(new RegExp(`apr5 on ${OTHER}: it never had a baseline`));
  writeFileSync(join(folder, 'loop.tsv'), toResultsTsv(record));
  const table = await cli('loop.tsv', '--direction', 'minimize', '--rule', 'strict');
  expect(table.out).toContain('loop.tsv on cpu');
});
