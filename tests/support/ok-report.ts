import type { RunReport, RunRequest } from '../../src/contract/run-schema.js';

/** A run that went well, with this value. */
export const okReport = (request: RunRequest, value: number): RunReport => ({
  v: 1,
  key: request.key,
  status: 'ok',
  value,
  origin: 'measured',
  metrics: {},
  detail: `loss ${String(value)}`,
  tail: '',
  log: null,
  evaluatorLog: null,
  seconds: { prepare: 0, run: 10, measure: 0, guards: 0 },
  peakMemoryBytes: 1,
  exitCode: 0,
  device: { class: request.device, name: 'test', id: 'cpu:0', host: 'test' },
  sandbox: 'none',
  evaluatorHash: null,
  tampering: [],
  notes: [],
  startedAt: '2026-01-01T00:00:00Z',
});
