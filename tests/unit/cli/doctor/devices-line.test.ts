import { expect, test } from 'vitest';
import { devicesLine } from '../../../../src/cli/doctor/devices-line.js';

const facts = { memoryBytes: 81559 * 2 ** 20, driver: '550.54.15', cuda: '12.4', powerLimitWatts: 700 };
const gpu = (id: string) => ({ class: 'h100', name: 'NVIDIA H100 80GB HBM3', id, facts });
const cpu = { class: 'cpu', name: 'AMD EPYC', id: '0' };

test('devices are counted by class, each with what it tells of itself', () => {
  expect(devicesLine([gpu('a'), gpu('b'), cpu])).toBe(
    '2 × h100 (NVIDIA H100 80GB HBM3, 80 GiB, driver 550.54.15, CUDA 12.4, 700 W), 1 × cpu (AMD EPYC)',
  );
});

test('a device that tells nothing is named, and no device is none', () => {
  expect(devicesLine([cpu])).toBe('1 × cpu (AMD EPYC)');
  expect(devicesLine([])).toBe('none');
});
