import type { MethodInForce } from '../../src/contract/method.js';

/** A method that changes nothing. */
export const IN_FORCE: MethodInForce = {
  ref: 'method',
  hash: 'e'.repeat(64),
  policy: {
    prompt: '',
    context: { keeps: 3, crashes: 2, failures: true },
    freeze: [],
    batch: null,
    restarts: null,
    schedule: [],
    memory: { enabled: true, lessons: 5 },
    constraints: { newFiles: true },
    limits: [],
    mechanism: null,
  },
};
