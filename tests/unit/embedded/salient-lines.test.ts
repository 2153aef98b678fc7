import { expect, test } from 'vitest';
import { salientLines } from '../../../src/embedded/salient-lines.js';

test('of a Python trace the error stays', () => {
  const log = `12:00:00 starting
Traceback (most recent call last):
  File "<frozen runpy>", line 198, in _run_module_as_main
    return _run_code(code)
           ^^^^^^^^^^^^^^^
FileExistsError: [Errno 17] File exists: '/data/locks'
`;
  expect(salientLines(log)).toEqual([
    '12:00:00 starting',
    "FileExistsError: [Errno 17] File exists: '/data/locks'",
  ]);
});

test('of a Node trace the error stays', () => {
  const log = `node:internal/modules/run_main:107
    triggerUncaughtException(
    ^

Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x'
    at finalizeResolution (node:internal/modules/esm/resolve:274:11) {
  code: 'ERR_MODULE_NOT_FOUND'
}

Node.js v20.19.0`;
  expect(salientLines(log)).toEqual(["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x'"]);
});

test('few lines, each of them once, none of them endless', () => {
  const lines = salientLines(`one\ntwo\nthree\ntwo\nfour\n${'x'.repeat(5000)}`);
  expect(lines).toHaveLength(3);
  expect(Math.max(...lines.map((line) => line.length))).toBe(300);
  expect(salientLines('a\na\na')).toEqual(['a']);
});
