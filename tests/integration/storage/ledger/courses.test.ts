import { expect, test } from 'vitest';
import { toCsv } from '../../../../src/report/export/to-csv.js';
import { parseCsv } from '../../../support/parse-csv.js';
import { experiment, LOOP, run } from './ledger-rows.js';
import { scratchLedger } from './open-ledger.js';

const LOST = { host: 'gpu7', device: 'h100/0', seconds: 61.5, step: 6 };

/** All that a GPU tells of itself. */
const GPU = {
  class: 'h100',
  name: 'NVIDIA H100 80GB HBM3',
  id: 'GPU-4a1c',
  host: 'gpu8',
  facts: {
    memoryBytes: 85_520_809_984,
    peakDeviceMemoryBytes: 2 ** 36,
    driver: '580.95.05',
    cuda: '13.0',
    serial: '1652922011110',
    clocks: { sm: 1980, smMax: 1980, memory: 2619 },
    throttle: ['power cap'],
    powerLimitWatts: 700,
    libraries: { torch: '2.9.1' },
  },
};

const course = { step: 7, loss: 2.5, attempt: 2, earlier: [LOST], curve: [null, 2.5], resumedAt: 60 };

test('how a run went, and all that its GPU tells, is read back and exported', async () => {
  const { ledger } = await scratchLedger();
  const rows = [
    experiment(1, { measurements: [run({ device: GPU, course })] }),
    experiment(2, { measurements: [run()] }),
  ];
  await ledger.append({ experiments: rows, events: [] });
  const record = await ledger.record(LOOP);
  expect(record?.experiments).toEqual(rows);
  if (record === null) throw new Error('the loop has no record');
  const [header = [], first = [], second = []] = parseCsv(toCsv(record));
  const cell = (cells: string[], name: string) => cells[header.indexOf(name)];
  expect(
    ['device', 'host', 'device_serial', 'driver', 'clock_mhz', 'libraries', 'attempts'].map((name) =>
      cell(first, name),
    ),
  ).toEqual([
    'NVIDIA H100 80GB HBM3',
    'gpu8/GPU-4a1c',
    '1652922011110',
    '580.95.05',
    '1980',
    'torch 2.9.1',
    '2',
  ]);
  expect(cell(first, 'peak_device_memory_bytes')).toBe(String(2 ** 36));
  expect([cell(second, 'driver'), cell(second, 'attempts')]).toEqual(['', '1']);
});
