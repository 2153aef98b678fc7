import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isPlainPython } from '../../../../src/domain/device/is-plain-python.js';

const file = new URL('../../../fixtures/contract/plain-python.json', import.meta.url);
const cases = JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as [string, boolean][];

test.each(cases)('%j can be started warm: %j, as the worker has it', (command, plain) => {
  expect(isPlainPython(command)).toBe(plain);
});
