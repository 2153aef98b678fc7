import { expect, test } from 'vitest';
import type { EngineState, ServiceState } from '../../../src/embedded/engine-state.js';
import { failedStarts } from '../../../src/embedded/failed-starts.js';

const DEAD: ServiceState = {
  pid: 0,
  started: '',
  make: '',
  healthy: false,
  restarts: 3,
  failures: 4,
  exit: 'exit code 1',
};

const state = (service: Partial<ServiceState>, keeper = 1): EngineState => ({
  v: 1,
  keeper: { pid: keeper, started: 'then' },
  make: { build: '', variables: {} },
  ports: { temporal: null, ui: null, postgres: null },
  desired: { workers: true, devices: [1] },
  ready: false,
  problem: null,
  services: { 'device-1': { ...DEAD, ...service } },
});

test('a service that died often has failed', () => {
  expect(failedStarts(state({}), null)).toMatchObject([{ name: 'device-1', hopeless: true }]);
  expect(failedStarts(state({ failures: 1 }), null)).toMatchObject([{ hopeless: false }]);
});

test('starts from before say nothing of this one', () => {
  expect(failedStarts(state({}), state({}))).toEqual([]);
  expect(failedStarts(state({ restarts: 4, failures: 1 }), state({}))).toMatchObject([{ hopeless: false }]);
  expect(failedStarts(state({}, 2), state({}, 1))).toHaveLength(1);
});

test('one that lives or was never started has not failed', () => {
  expect(failedStarts(state({ pid: 77 }), null)).toEqual([]);
  expect(failedStarts(state({ failures: 0 }), null)).toEqual([]);
});
