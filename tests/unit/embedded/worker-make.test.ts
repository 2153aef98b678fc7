import { expect, test } from 'vitest';
import { makeDigest, otherVariables, replaces, workerMake } from '../../../src/embedded/worker-make.js';

test('another key, another model, another build replace running workers', () => {
  const running = workerMake({ OPENAI_API_KEY: 'a' });
  expect(replaces(workerMake({ OPENAI_API_KEY: 'b' }), running)).toBe(true);
  expect(replaces(workerMake({ OPENAI_API_KEY: 'a', AUTOLIFT_MODEL: 'm' }), running)).toBe(true);
  expect(replaces({ ...running, build: 'next' }, running)).toBe(true);
});

test('a terminal without the key does not take it from a running loop', () => {
  const running = workerMake({ OPENAI_API_KEY: 'a' });
  expect(replaces(workerMake({}), running)).toBe(false);
  expect(replaces({ build: 'next', variables: {} }, running)).toBe(false);
});

test("a caller who asks no model leaves the running loops' keys and addresses alone", () => {
  const running = workerMake({ OPENAI_API_KEY: 'a', OPENAI_BASE_URL: 'http://one' });
  const other = workerMake({ OPENAI_API_KEY: 'a', OPENAI_BASE_URL: 'http://other', AUTOLIFT_MODEL: 'm' });
  expect(replaces(other, running, false)).toBe(false);
  expect(replaces(other, running, true)).toBe(true);
  expect(replaces({ ...other, build: 'next' }, running, false)).toBe(true);
  expect(replaces({ build: 'next', variables: {} }, running, false)).toBe(false);
  expect(otherVariables(other, running)).toEqual(['AUTOLIFT_MODEL', 'OPENAI_BASE_URL']);
});

test('variables that no worker looks at change nothing', () => {
  const terminal = workerMake({ OPENAI_API_KEY: 'a', COLUMNS: '80', PWD: '/elsewhere' });
  expect(makeDigest(terminal)).toBe(makeDigest(workerMake({ OPENAI_API_KEY: 'a' })));
});

test('no value of a variable is written down', () => {
  expect(JSON.stringify(workerMake({ OPENAI_API_KEY: 'sk-secret' }))).not.toContain('sk-secret');
});

test('a folder that was named by whoever started the workers is no variable that a terminal lacks', () => {
  const running = workerMake({ AUTOLIFT_HOME: '/somewhere', AUTOLIFT_READY_FILE: '/somewhere/ready' });
  expect(makeDigest(workerMake({}))).toBe(makeDigest(running));
  expect(replaces(workerMake({ OPENAI_API_KEY: 'a' }), running)).toBe(true);
});
