import { defineConfig } from 'vitest/config';

/** Suites that start servers: one file at a time, with patience. */
const SERIAL = ['workflow', 'replay', 'integration', 'e2e'];
const PARALLEL = ['unit', 'property', 'activity'];

const project = (name: string, serial: boolean) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    globalSetup: ['tests/support/scratch.ts'],
    fileParallelism: !serial,
    testTimeout: name === 'e2e' ? 600_000 : serial ? 300_000 : 60_000,
    hookTimeout: serial ? 300_000 : 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
});

export default defineConfig({
  test: {
    projects: [...PARALLEL.map((name) => project(name, false)), ...SERIAL.map((name) => project(name, true))],
  },
});
